"""Read what `dumptables` wrote into an empty store."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core import wiring
from core.layout.copies import forget_stamp, of_users, refuse_rows_of_newer
from core.management.base import StoreCommand, add_continue
from core.storage import administration
from core.storage.dump_files import DumpFile
from core.storage.transfer import compare, load, require_empty
from core.tables import SITE


class Command(StoreCommand):
    help = (
        "Load a file of `dumptables` into an empty store; tables that are missing are made. The whole file is checked "
        "before anything is written, and what was written is read back and compared."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        add_continue(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        tables = {table.name: table for table in wiring.tables()}
        file = DumpFile(options["file"])
        store = administration()
        expected = file.checked(tables)
        refuse_rows_of_newer(row for name, rows in file.by_table() if name == SITE.name for row in rows)
        store.create_tables(tables.values())
        if not options["goes_on"]:
            require_empty(store, of_users(tables.values()))
        forget_stamp(store, tables.values())
        for name, items in file.by_table():
            load(store, tables[name], items)
        compare(store, expected)
        count = sum(tally.items for tally in expected.values())
        self.stdout.write(f"{count} items loaded from {file.path}, read back and found the same.")
