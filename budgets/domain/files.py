"""What the checks of files that users send share: receipts and bank files."""

import io
from typing import IO

from core.errors import InvalidInput


def tail(file: IO[bytes], length: int) -> bytes:
    """The last bytes of the file, that many or as many as it has."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - length))
    return file.read()


def refused(sentence: str) -> InvalidInput:
    """The error of a file that is not taken; the sentence says what to send instead."""
    return InvalidInput({"file": [sentence]})
