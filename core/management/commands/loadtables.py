"""Read what `dumptables` wrote into an empty store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import wiring
from core.storage import Item, StorageError, Store, administration
from core.storage.codec import decode_item
from core.storage.item_json import from_json


class Command(BaseCommand):
    help = "Load a file of `dumptables` into an empty store; tables that are missing are made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load(administration(), options["file"])
        except (StorageError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} items loaded from {options['file']}.")


def load(store: Store, path: Path) -> int:
    """Load the file; the number of items. Raises CommandError when the store is not empty or a line is not ours."""
    tables = {table.name: table for table in wiring.tables()}
    store.create_tables(tables.values())
    for table in tables.values():
        if next(store.dump(table), None) is not None:
            raise CommandError(f"{table.name} holds items already; load into an empty store.")
    count = 0
    for name, lines in groupby(_lines(path), key=lambda line: line[0]):
        if name not in tables:
            raise CommandError(f"{path} holds items of {name}, which is no table of this version.")
        count += store.load(tables[name], (item for _, item in lines))
    return count


def _lines(path: Path) -> Iterator[tuple[str, Item]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                name, item = line.split("\t", 1)
                yield json.loads(name), decode_item(from_json(item))
            except (ValueError, KeyError, AttributeError) as error:
                raise CommandError(f"{path}, line {number}: not a line of `dumptables`.") from error
