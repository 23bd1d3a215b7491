"""Parts of imported files, packed to be small, as rows that a person can read."""

from typing import Any

from budgets.repositories.imports import PLAN, ROWS, rows_in
from budgets.tables import IMPORTS
from core.storage.operations import Item, Table

_OF_AN_EXPENSE = ("date", "amount", "category", "description", "merchant")
PLANNED = ("row", "state", *_OF_AN_EXPENSE, "key", "expense_id", "problems", "text")
"""What the places of a row of a plan hold, in the order in which it is kept."""


def part_unpacked(table: Table, item: Item) -> Item:
    """The row with `rows` in place of `packed`, where it is a part of a file or of a plan."""
    if table != IMPORTS:
        return item
    if item["entry"].startswith(ROWS):
        rows: list[Any] = [{"row": number, "cells": cells} for number, *cells in rows_in(item)]
    elif item["entry"].startswith(PLAN):
        rows = [dict(zip(PLANNED, row, strict=True)) for row in rows_in(item)]
    else:
        return item
    return {name: value for name, value in item.items() if name != "packed"} | {"rows": rows}
