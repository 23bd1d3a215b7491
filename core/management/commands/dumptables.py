"""Write every item of every table into a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import wiring
from core.storage import StorageError, administration
from core.storage.codec import encode_item
from core.storage.item_json import to_json


class Command(BaseCommand):
    help = "Write every item of every table into a file, a line of JSON each, for `loadtables` on any store."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="made anew, for its owner alone; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        count = 0
        try:
            path.touch(mode=0o600, exist_ok=False)
            with path.open("w", encoding="utf-8") as lines, administration().snapshot() as store:
                for table in wiring.tables():
                    for item in store.dump(table):
                        lines.write(f"{json.dumps(table.name)}\t{to_json(encode_item(item))}\n")
                        count += 1
        except (StorageError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} items written to {path}.")
