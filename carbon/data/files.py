"""The files beside this module, as rows."""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file, by its header."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
