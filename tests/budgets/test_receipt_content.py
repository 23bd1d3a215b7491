"""What passes for a receipt: true pictures and PDF, whatever they are called; nothing else, and nothing that runs."""

import io
import struct
import zlib

import pytest
from PIL import Image

from budgets.domain import receipt_pdf
from budgets.domain.receipt_content import LARGEST, checked_content, cleaned_name
from core.errors import InvalidInput
from tests.budgets.receipt_files import a_pdf, a_picture, an_archive


def refusal(content: bytes) -> str:
    """The sentence with which the content is refused."""
    with pytest.raises(InvalidInput) as caught:
        checked_content(io.BytesIO(content))
    (sentence,) = caught.value.errors["file"]
    return sentence


def a_png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header names this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packed = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (a_picture("JPEG"), "image/jpeg"),
        (a_picture("PNG"), "image/png"),
        (a_picture("GIF"), "image/gif"),
        (a_pdf(2), "application/pdf"),
        (a_pdf() + b"\r\n\0\0", "application/pdf"),
    ],
)
def test_true_pictures_and_pdf_are_known_by_their_content(content: bytes, content_type: str) -> None:
    file = io.BytesIO(content)
    assert checked_content(file) == content_type
    assert file.tell() == 0


def test_a_jpeg_of_a_phone_may_have_a_film_behind_it() -> None:
    assert checked_content(io.BytesIO(a_picture("JPEG") + b"\0\0\0\x18ftypmp42" + b"\x07" * 500)) == "image/jpeg"


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><title>Receipt</title><script>alert(1)</script>",
        b"\n" + a_pdf(),
        b"MZ\x90\0" + b"\0" * 100,
        an_archive(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"RIFF\0\0\0\0WEBPVP8 ",
    ],
)
def test_other_files_are_refused_whatever_their_name(content: bytes) -> None:
    assert "JPEG, PNG, GIF or PDF" in refusal(content)


@pytest.mark.parametrize("true", [a_picture("JPEG"), a_picture("PNG"), a_picture("GIF"), a_pdf()])
@pytest.mark.parametrize(
    "hidden", [b"<script>alert(1)</script>", b"<HTML><BODY onload=alert(1)>", b"<?php phpinfo();", an_archive()]
)
def test_a_web_page_or_an_archive_behind_a_true_file_is_refused(true: bytes, hidden: bytes) -> None:
    assert "contains another one" in refusal(true + hidden)


def test_markup_is_found_across_the_pieces_that_are_read() -> None:
    picture = a_picture("JPEG")
    padding = b"\x07" * (65_536 - len(picture) - 3)
    assert "contains another one" in refusal(picture + padding + b"<script>")


def test_a_script_that_begins_like_a_gif_is_refused() -> None:
    picture = bytearray(a_picture("GIF"))
    picture[6:8] = b"/*"
    assert "after its end" in refusal(bytes(picture) + b"*/=1;alert(1)//;")


def test_a_gif_of_several_pictures_passes_and_ends_where_it_ends() -> None:
    frames = [Image.new("P", (20, 20), colour) for colour in range(3)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], comment=b"a receipt")
    assert checked_content(file) == "image/gif"
    assert "after its end" in refusal(file.getvalue() + b";")
    assert "after its end" in refusal(file.getvalue()[:-1])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_a_picture_that_is_cut_off_is_refused(kind: str) -> None:
    whole = a_picture(kind, (300, 300))
    assert "cut off" in refusal(whole[: len(whole) // 3])


@pytest.mark.parametrize("start", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_a_beginning_alone_is_no_picture(start: bytes) -> None:
    assert "damaged" in refusal(start + b"words and nothing else " * 20)


def test_a_picture_of_more_pixels_than_memory_takes_is_refused_before_it_is_decoded() -> None:
    assert "too many pixels" in refusal(a_png_that_says(60_000, 60_000))


def test_a_pdf_with_a_script_is_refused() -> None:
    assert "a script or a program" in refusal(a_pdf(script="app.alert('hello')"))


def test_a_pdf_that_starts_a_program_is_refused() -> None:
    content = a_pdf().replace(b"/Type /Page\n", b"/Type /Page\n/AA << /O << /S /Launch /F (a.exe) >> >>\n", 1)
    assert b"/Launch" in content
    assert "a script or a program" in refusal(content)


def test_a_pdf_whose_names_are_written_in_disguise_is_refused() -> None:
    content = a_pdf(script="app.alert(1)").replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS ", b"/J#53 ")
    assert b"/JavaScript" not in content
    assert "a script or a program" in refusal(content)


def test_a_pdf_under_a_password_is_refused() -> None:
    assert "password" in refusal(a_pdf(password="sesame"))


@pytest.mark.parametrize(
    "content", [a_pdf()[:-10], b"%PDF-1.7\n" + b"words " * 100 + b"\n%%EOF\n", a_pdf() + b"function () {}", a_pdf(0)]
)
def test_a_pdf_that_does_not_open_is_refused(content: bytes) -> None:
    assert "PDF" in refusal(content)


def test_an_empty_file_and_one_above_10_mb_are_refused() -> None:
    assert "empty" in refusal(b"")
    assert "larger than 10 MB" in refusal(a_picture() + b"\0" * LARGEST)
    assert LARGEST == 10 * 1024 * 1024


def test_a_pdf_of_too_many_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_pdf, "MOST_OBJECTS", 5)
    assert "too many parts" in refusal(a_pdf(10))


@pytest.mark.parametrize(
    ("given", "content_type", "kept"),
    [
        ("Supermarkt Müller.JPG", "image/jpeg", "Supermarkt Müller.jpg"),
        ("scan.jpeg", "image/jpeg", "scan.jpg"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\Users\\me\\bill.pdf", "application/pdf", "bill.pdf"),
        ("invoice.exe", "application/pdf", "invoice.exe.pdf"),
        ('a"; filename="b.html', "image/gif", "a filename= b.html.gif"),
        ("line\r\nSet-Cookie: x=1.png", "image/png", "line Set-Cookie x=1.png"),
        ("photo\u202egpj.exe", "image/jpeg", "photogpj.exe.jpg"),
        ("領収書.pdf", "application/pdf", "領収書.pdf"),
        ("...", "application/pdf", "receipt.pdf"),
        ("", "image/gif", "receipt.gif"),
    ],
)
def test_names_are_cleaned(given: str, content_type: str, kept: str) -> None:
    assert cleaned_name(given, content_type) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = cleaned_name("x" * 300 + ".png", "image/png")
    assert len(name) == 100
    assert name.endswith("x.png")
