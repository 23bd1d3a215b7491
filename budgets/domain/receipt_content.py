"""Whether a file is the receipt that it says: a picture or a PDF that truly opens, and carries nothing that runs.

A name or a content type that a client sends decides nothing. Pictures are opened by Pillow and PDF by pypdf, as far as
it takes to know that a viewer can show them. That is done in a process of its own (`core.sandbox`).
"""

import io
import re
import unicodedata
from typing import IO

from budgets.domain.files import refused, tail
from budgets.domain.receipt_pdf import check_pdf, write_pdf
from budgets.domain.receipt_picture import check_picture, write_picture

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "application/pdf": "pdf"}
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
LONGEST_NAME = 100
LONGEST_SENT = 1000
"""Characters of a path that a client sends, from its end."""
_BETWEEN_FOLDERS = re.compile(r"[\\/]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/%;]+')
_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}


def checked_content(file: IO[bytes]) -> str:
    """The content type that the file truly has: JPEG, PNG, GIF or PDF of at most 10 MB.

    Reads the file from its start and leaves it there. Raises InvalidInput with a sentence that says what to send,
    LimitReached for what takes too much to read.
    """
    size = file.seek(0, io.SEEK_END)
    if size > LARGEST:
        raise refused("This file is larger than 10 MB. Send a smaller one, for example a photo with fewer pixels.")
    if size == 0:
        raise refused("This file is empty. Choose the receipt again.")
    file.seek(0)
    content_type = _by_beginning(file.read(8))
    if _holds_markup(file) or _END_OF_ARCHIVE in tail(file, _LONGEST_ARCHIVE_END):
        raise refused("This file contains another one, such as a web page. Send a plain picture or PDF.")
    if content_type == "application/pdf":
        check_pdf(file)
    else:
        check_picture(file, content_type)
    file.seek(0)
    return content_type


def cleaned_name(name: str, content_type: str) -> str:
    """A file name without folders, unprintable and reserved characters, of at most 100 characters.

    Its ending is that of the content: `invoice.exe` of a PDF becomes `invoice.exe.pdf`, and a name of which nothing
    is left becomes `receipt.pdf`.
    """
    last = _BETWEEN_FOLDERS.split(unicodedata.normalize("NFC", name[-LONGEST_SENT:]))[-1]
    printable = "".join(each if each.isprintable() else " " for each in last if unicodedata.category(each) != "Cf")
    plain = " ".join(_NOT_IN_NAMES.sub(" ", printable).split()).strip(" .-")
    ending = EXTENSIONS[content_type]
    stem, dot, given = plain.rpartition(".")
    if dot and _ENDINGS.get(given.lower(), given.lower()) == ending:
        plain = stem.strip(" .")
    return f"{plain[: LONGEST_NAME - len(ending) - 1].strip(' .') or 'receipt'}.{ending}"


def warm_up() -> None:
    """Open a small file of each kind: the parsers load parts of themselves when they are first used."""
    for content_type in EXTENSIONS:
        file = io.BytesIO()
        if content_type == "application/pdf":
            write_pdf(file)
        else:
            write_picture(file, content_type)
        checked_content(file)


def _by_beginning(start: bytes) -> str:
    for beginning, content_type in _BEGINNINGS:
        if start.startswith(beginning):
            return content_type
    raise refused("This is not a JPEG, PNG, GIF or PDF. Send the receipt as one of these.")


def _holds_markup(file: IO[bytes]) -> bool:
    """Whether words of a web page are anywhere in it; a compressed picture has none by chance."""
    file.seek(0)
    before = b""
    while piece := file.read(_PIECE):
        seen = (before + piece).lower()
        if any(word in seen for word in _MARKUP):
            return True
        before = seen[-_LONGEST_MARKUP:]
    return False
