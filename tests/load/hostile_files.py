"""Files within the limits of size, made to cost whoever opens them as much as can be."""

import struct
import zlib

EOB_RUN = 32_767
"""Blocks that one code of a progressive scan can pass over."""


def a_picture_of_many_scans(side: int = 4_000, scans: int = 20_000) -> bytes:
    """A progressive JPEG in which every scan passes over every block and says nothing (ITU-T T.81, G.1.2).

    About a megabyte; a decoder goes through `scans` times `(side / 8) ** 2` blocks.
    """
    blocks = (-(-side // 8)) ** 2
    first = _segment(0xDA, b"\x01\x01\x00\x00\x00\x00") + _bits("0" * blocks)
    further = _segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + _bits(("0" + "1" * 14) * -(-blocks // EOB_RUN))
    one_code = b"\x01" + bytes(15)
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xDB, b"\x00" + b"\x01" * 64),
            _segment(0xC2, struct.pack(">BHHB", 8, side, side, 1) + b"\x01\x11\x00"),
            _segment(0xC4, b"\x00" + one_code + b"\x00"),
            _segment(0xC4, b"\x10" + one_code + b"\xe0"),
            first,
            further * scans,
            b"\xff\xd9",
        )
    )


def a_paper_that_swells(streams: int = 8, swollen: int = 40_000_000) -> bytes:
    """A PDF of some kilobytes whose object streams, packed twice, hold `swollen` bytes each (ISO 32000-1, 7.5.7)."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    inside = range(len(objects) + streams + 1, len(objects) + 2 * streams + 1)
    for number in inside:
        head = b"%d 0 " % number
        packed = zlib.compress(zlib.compress(head + b"<<>>" + b" " * swollen))
        about = b"<</Type/ObjStm/N 1/First %d/Filter[/FlateDecode/FlateDecode]/Length %d>>" % (len(head), len(packed))
        objects.append(about + b"stream\n" + packed + b"\nendstream")
    body, rows = b"%PDF-1.5\n", [struct.pack(">BIH", 0, 0, 65_535)]
    for number, content in enumerate(objects, start=1):
        rows.append(struct.pack(">BIH", 1, len(body), 0))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    rows += [struct.pack(">BIH", 2, number - streams, 0) for number in inside]
    rows.append(struct.pack(">BIH", 1, len(body), 0))
    table = b"".join(rows)
    about = b"<</Type/XRef/Size %d/Root 1 0 R/W[1 4 2]/Length %d>>" % (len(rows), len(table))
    last = b"%d 0 obj%sstream\n%s\nendstream endobj\n" % (len(rows) - 1, about, table)
    return body + last + b"startxref\n%d\n%%%%EOF\n" % len(body)


def a_bank_file_of_blanks(rows: int = 400) -> bytes:
    """Rows whose amounts and days are blanks between two words, which a pattern may try to divide in every way."""
    lines = [f"2026-11-{n % 28 + 1:02},Tea {n},1{' ' * 36}ab!" for n in range(rows // 2)]
    lines += [f"1{' ' * 70}x,Milk {n},-1.20" for n in range(rows // 2)]
    return ("Date,Payee,Amount\n" + "\n".join(lines) + "\n").encode()


def a_deep_body(size: int) -> bytes:
    """JSON of so many bytes with many small values, none of which anybody asked for."""
    return b'{"amount": "1.00", "tags": [' + b'{"a":[1,""]},' * (size // 13) + b"0]}"


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def _bits(text: str) -> bytes:
    """Bits as bytes of a scan: filled up with ones, and a zero byte behind each 0xFF."""
    text += "1" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\x00")
