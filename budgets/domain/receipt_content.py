"""Whether a file is the receipt that it says: a picture or a PDF that truly opens, and carries nothing that runs.

A name or a content type that a client sends decides nothing. Pictures are opened by Pillow and PDF by pypdf, as far as
it takes to know that a viewer can show them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from core.errors import InvalidInput

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""
MOST_PIXELS = 40_000_000
"""Of a PNG or GIF, which is decoded whole: four bytes for each."""
MOST_PIXELS_OF_JPEG = 250_000_000
"""A JPEG is decoded at an eighth of its width and height; phones make some of 200 million."""
MOST_PDF_OBJECTS = 50_000
MOST_DEPTH = 50

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "application/pdf": "pdf"}
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_MARKUP = (b"<script", b"<html", b"<body", b"<iframe", b"<svg ", b"<!doctype html", b"<?php")
_LONGEST_MARKUP = max(map(len, _MARKUP))
_PIECE = 65_536
_END_OF_ARCHIVE = b"PK\x05\x06"
_LONGEST_ARCHIVE_END = 65_557
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_PDF_TAIL = 2048
_THAT_RUN = {"/JS", "/JavaScript", "/Launch", "/RichMedia", "/XFA", "/ImportData", "/SubmitForm"}
"""Names in a PDF that stand for scripts, programs, films and forms that send themselves (ISO 32000-1, 12.6, 12.7)."""

Image.MAX_IMAGE_PIXELS = None  # the numbers of pixels above are asked before anything is decoded


def checked_content(file: IO[bytes]) -> str:
    """The content type that the file truly has: JPEG, PNG, GIF or PDF of at most 10 MB.

    Reads the file from its start and leaves it there. Raises InvalidInput with a sentence that says what to send.
    """
    size = file.seek(0, io.SEEK_END)
    if size > LARGEST:
        raise _refused("This file is larger than 10 MB. Send a smaller one, for example a photo of fewer pixels.")
    if size == 0:
        raise _refused("This file is empty. Choose the receipt again.")
    file.seek(0)
    content_type = _by_beginning(file.read(8))
    if _holds_markup(file) or _END_OF_ARCHIVE in _tail(file, _LONGEST_ARCHIVE_END):
        raise _refused("This file has another one hidden in it, such as a web page. Send a plain picture or PDF.")
    if content_type == "application/pdf":
        _check_pdf(file)
    else:
        _check_picture(file, content_type)
    file.seek(0)
    return content_type


def _by_beginning(start: bytes) -> str:
    for beginning, content_type in _BEGINNINGS:
        if start.startswith(beginning):
            return content_type
    raise _refused("This is no JPEG, PNG, GIF or PDF, whatever its name says. Send the receipt as one of these.")


def _holds_markup(file: IO[bytes]) -> bool:
    """Whether words of a web page stand anywhere in it; a packed picture has none by chance."""
    file.seek(0)
    before = b""
    while piece := file.read(_PIECE):
        seen = (before + piece).lower()
        if any(word in seen for word in _MARKUP):
            return True
        before = seen[-_LONGEST_MARKUP:]
    return False


def _tail(file: IO[bytes], length: int) -> bytes:
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - length))
    return file.read()


def _check_picture(file: IO[bytes], content_type: str) -> None:
    """A JPEG may have more behind it, as phones write moving pictures; a PNG or GIF ends where it ends."""
    file.seek(0)
    try:
        with Image.open(file, formats=[_FORMATS[content_type]]) as picture:
            pixels = picture.width * picture.height
            if pixels > (MOST_PIXELS_OF_JPEG if content_type == "image/jpeg" else MOST_PIXELS):
                raise _refused("This picture has too many pixels. Make it smaller and send it again.")
            picture.draft(picture.mode, (picture.width // 8, picture.height // 8))
            picture.load()
    except InvalidInput:
        raise
    except Exception as error:  # what a decoder raises on a file made to hurt it is not listed anywhere
        raise _refused("This picture is damaged or cut off. Open it, save it again, and send that.") from error
    ends_well = {"image/png": _ends_as_png, "image/gif": _ends_as_gif}.get(content_type)
    if ends_well is not None and not ends_well(file):
        raise _refused("This picture has something behind its end. Open it, save it again, and send that.")


def _ends_as_png(file: IO[bytes]) -> bool:
    return _tail(file, len(_PNG_END)) == _PNG_END


def _ends_as_gif(file: IO[bytes]) -> bool:
    """Whether the trailer, found by going from block to block (GIF89a, 17 to 27), is the last byte of the file."""
    file.seek(10)
    _skip_colours(file, file.read(3)[0])
    while (kind := file.read(1)) in (b"!", b","):
        if kind == b"!":
            file.seek(1, io.SEEK_CUR)
        else:
            _skip_colours(file, file.read(9)[8])
            file.seek(1, io.SEEK_CUR)
        while length := file.read(1).strip(b"\0"):
            file.seek(length[0], io.SEEK_CUR)
    return kind == b";" and file.read(1) == b""


def _skip_colours(file: IO[bytes], flags: int) -> None:
    """Go past the table of colours that these flags announce."""
    if flags & 0x80:
        file.seek(3 << (flags & 0x07) + 1, io.SEEK_CUR)


def _check_pdf(file: IO[bytes]) -> None:
    _, end, behind = _tail(file, _PDF_TAIL).rpartition(b"%%EOF")
    if not end or behind.strip(b"\r\n\0 \t"):
        raise _refused("This PDF is cut off, or has something behind its end. Print it to a new PDF and send that.")
    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise _refused("This PDF needs a password. Save it without one and send that.")
        if len(reader.pages) == 0:
            raise _refused("This PDF has no page. Choose another file.")
        if _runs(reader):
            raise _refused("This PDF holds a script or a program. Print it to a new PDF and send that.")
    except InvalidInput:
        raise
    except Exception as error:  # see _check_picture
        raise _refused("This PDF is damaged. Print it to a new PDF and send that.") from error


def _runs(reader: PdfReader) -> bool:
    """Whether any object of the PDF, used or not, stands for something that runs. Raises InvalidInput for too many."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MOST_PDF_OBJECTS:
        raise _refused("This PDF has too many parts. Print it to a new PDF and send that.")
    found = (reader.get_object(IndirectObject(number, _generation(reader, number), reader)) for number in numbers)
    return any(name in _THAT_RUN for each in found for name in _names_in(each))


def _generation(reader: PdfReader, number: int) -> int:
    return next((generation for generation, table in reader.xref.items() if number in table), 0)


def _names_in(value: Any, depth: int = 0) -> Iterator[str]:
    """Keys and names in an object; what it only refers to is an object of its own."""
    if depth > MOST_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, NameObject):
        yield value
    elif isinstance(value, DictionaryObject):
        for key in value:
            yield key
            yield from _names_in(value.raw_get(key), depth + 1)
    elif isinstance(value, ArrayObject):
        for inner in list.__iter__(value):
            yield from _names_in(inner, depth + 1)


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput({"file": [sentence]})
