"""Small files that are made to take much: time, memory, or room once they are unpacked."""

import io
import zlib

from PIL import Image

from budgets.domain.importing.sheet import LARGEST_FILE

_END_OF_IMAGE = b"\xff\xd9"
_START_OF_SCAN = b"\xff\xda"


def a_picture_of_scans(scans: int, side: int = 3000) -> bytes:
    """A progressive JPEG of so many scans, each of a few bytes; a decoder goes over the whole picture for each."""
    file = io.BytesIO()
    Image.new("L", (side, side), 200).save(file, "JPEG", progressive=True)
    content = file.getvalue().removesuffix(_END_OF_IMAGE)
    before, _, last = content.rpartition(_START_OF_SCAN)
    return before + (_START_OF_SCAN + last) * scans + _END_OF_IMAGE


def a_progressive_picture(width: int, height: int) -> bytes:
    """A small progressive JPEG whose header says that it has this size."""
    file = io.BytesIO()
    Image.new("RGB", (16, 16)).save(file, "JPEG", progressive=True, subsampling=0)
    content = file.getvalue()
    place = content.index(b"\xff\xc2") + 5
    return content[:place] + height.to_bytes(2) + width.to_bytes(2) + content[place + 4 :]


def a_large_picture(side: int = 6300) -> bytes:
    """A PNG of a few KB and almost 40 million pixels."""
    file = io.BytesIO()
    Image.new("RGB", (side, side)).save(file, "PNG")
    return file.getvalue()


def a_pdf_of_numbers(megabytes: int, streams: int = 1) -> bytes:
    """A PDF with so many streams of objects, each of which unpacks to so many megabytes of the number 0."""
    numbers = b"[" + b"0 " * 99_000 + b"]"
    return _a_pdf_of_streams(b"[" + numbers * (megabytes * 1_000_000 // len(numbers)) + b"]", streams)


def a_pdf_of_places(megabytes: int) -> bytes:
    """A PDF whose table of places unpacks to so many megabytes."""
    return _a_pdf_of_streams(b"[0]", 1, padding=b"\0" * (megabytes * 1_000_000))


def a_bank_file_of_spaces(rows: int = 600) -> bytes:
    """A file of dates and amounts that are tried in every way: `1`, 36 spaces, and what is no currency."""
    return b"Date,Amount,Text\n" + (b"1" + b" " * 70 + b"x,1" + b" " * 36 + b"ab!,a\n") * rows


def a_bank_file_of_empty_lines() -> bytes:
    """As large as a file may be, of the shortest lines."""
    start = b"Date,Amount,Text\n2026-11-20,-1.00,Tea\n"
    return start + b"\n" * (LARGEST_FILE - len(start))


def _a_pdf_of_streams(objects: bytes, streams: int, padding: bytes = b"") -> bytes:
    file = io.BytesIO(b"%PDF-1.5\n")
    file.seek(0, io.SEEK_END)
    places: dict[int, bytes] = {0: b"\0" + bytes(4) + b"\xff\xff"}

    def add(number: int, body: bytes) -> None:
        places[number] = b"\1" + file.tell().to_bytes(4) + bytes(2)
        file.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")

    def stream(entries: bytes, content: bytes) -> bytes:
        packed = zlib.compress(content, 9)
        head = b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n" % (entries, len(packed))
        return head + packed + b"\nendstream"

    add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    add(2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    add(3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>")
    for number in range(4, 4 + 2 * streams, 2):
        first = b"%d 0 " % (number + 1)
        add(number, stream(b"/Type /ObjStm /N 1 /First %d" % len(first), first + objects))
        places[number + 1] = b"\2" + number.to_bytes(4) + bytes(2)
    last, start = 4 + 2 * streams, file.tell()
    places[last] = b"\1" + start.to_bytes(4) + bytes(2)
    table = b"".join(places[number] for number in range(last + 1)) + padding
    entries = b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R" % (last + 1)
    file.write(b"%d 0 obj\n" % last + stream(entries, table) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return file.getvalue()
