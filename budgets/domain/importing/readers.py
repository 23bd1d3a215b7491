"""The kinds of bank files that an import reads. A new kind is a reader in `READERS`, and nothing else."""

from collections.abc import Sequence
from typing import Protocol

from budgets.domain.files import refused
from budgets.domain.importing.delimited import DelimitedText
from budgets.domain.importing.sheet import LARGEST_FILE, Sheet


class Reader(Protocol):
    """One kind of files. It reads in a child without settings and store (`core.sandbox`), to which it is handed over.

    So it is a value that pickle can name: of a class of a module, which a child imports if the template has not.
    """

    @property
    def name(self) -> str:
        """What people call such files, as the upload form lists them."""

    @property
    def accepts(self) -> tuple[str, ...]:
        """Endings and content types of such files, as a browser's choice of files takes them."""

    def recognises(self, content: bytes) -> bool:
        """Whether this is such a file, seen by how it begins."""

    def read(self, content: bytes) -> Sheet:
        """The table in it, of rows made by `line_of`. Raises InvalidInput at `file` with a sentence that helps."""


READERS: tuple[Reader, ...] = (DelimitedText(),)
"""In the order in which they are asked; the first that recognises a file reads it."""


def read_sheet(content: bytes, readers: Sequence[Reader]) -> Sheet:
    """The table in a file. Raises InvalidInput at `file` for anything else, and for more than 5 MB or 20,000 rows."""
    if not content:
        raise refused("This file is empty. Choose the file from your bank.")
    if len(content) > LARGEST_FILE:
        raise refused("This file is larger than 5 MB. Export a shorter period, or split it.")
    sheet = next(reader for reader in readers if reader.recognises(content)).read(content)
    sheet.check()
    return sheet
