"""Write every item of every table into a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import wiring
from core.storage import StorageError, administration
from core.storage.dump_files import write_dump


class Command(BaseCommand):
    help = "Write every item of every table into a file, a line of JSON each, for `loadtables` on any store."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="made anew, for its owner alone; it must not exist")

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
        except (StorageError, OSError) as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        self.stdout.write(f"{sum(tally.items for tally in tallies.values())} items written to {path}.")
