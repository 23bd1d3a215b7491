"""Read what `dumptables` wrote into an empty store."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import wiring
from core.layout.copies import forget_stamp, of_users, refuse_rows_of_newer
from core.storage import StorageError, administration
from core.storage.dump_files import DumpFile
from core.storage.moving import compare, load, require_empty
from core.tables import SITE


class Command(BaseCommand):
    help = (
        "Load a file of `dumptables` into an empty store; tables that are missing are made. The whole file is checked "
        "before anything is written, and what was written is read back and compared."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--continue",
            action="store_true",
            dest="goes_on",
            help="after a try that was broken off: write over what is there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tables = {table.name: table for table in wiring.tables()}
        file = DumpFile(options["file"])
        store = administration()
        try:
            expected = file.checked(tables)
            refuse_rows_of_newer(row for name, rows in file.by_table() if name == SITE.name for row in rows)
            store.create_tables(tables.values())
            if not options["goes_on"]:
                require_empty(store, of_users(tables.values()))
            forget_stamp(store, tables.values())
            for name, items in file.by_table():
                load(store, tables[name], items)
            compare(store, expected)
        except (StorageError, OSError) as error:
            raise CommandError(str(error)) from error
        count = sum(tally.items for tally in expected.values())
        self.stdout.write(f"{count} items loaded from {file.path}, read back and found the same.")
