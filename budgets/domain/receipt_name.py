"""The name under which a receipt is kept and handed out."""

from __future__ import annotations

import re
import unicodedata

from budgets.domain.receipt_content import EXTENSIONS

LONGEST_NAME = 100
LONGEST_SENT = 1000
"""Characters of a path that a client sends, from its end."""
_BETWEEN_FOLDERS = re.compile(r"[\\/]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/%;]+')
_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}


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
