"""Write every item of every table into a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from core import wiring
from core.management.base import StoreCommand
from core.storage import administration
from core.storage.dump_files import write_dump


class Command(StoreCommand):
    help = "Write every item of every table into a file, a line of JSON each, for `loadtables` on any store."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file, for its owner alone; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        unfinished = path.with_name(f"{path.name}.unfinished")
        if path.exists():
            raise CommandError(f"{path} exists already: name a new file.")
        try:
            unfinished.touch(mode=0o600)
            with unfinished.open("w", encoding="utf-8") as lines, administration().snapshot() as store:
                tallies = write_dump(lines, store, wiring.tables())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{sum(tally.items for tally in tallies.values())} items written to {path}.")
