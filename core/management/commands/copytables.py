"""Copy every item from one store to another, without a file between."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from core import wiring
from core.layout.copies import forget_stamp, of_users, refuse_rows_of_newer
from core.management.base import StoreCommand, add_continue
from core.storage import Store, Table, open_store
from core.storage.transfer import Tally, TransferFailed, compare, load, require_empty
from core.tables import SITE


class Command(StoreCommand):
    help = (
        "Copy every item of every table into an empty store, where missing tables are made, read all back and compare. "
        "The store that is copied is not changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="source", default=settings.DATASTORE_URL, help="address of a store (default: DATASTORE_URL)"
        )
        parser.add_argument("--to", dest="target", required=True, help="address of another store")
        add_continue(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["source"] == options["target"]:
            raise CommandError("--from and --to name the same store.")
        source, target = open_store(options["source"]), open_store(options["target"])
        count = self._copy(source, target, wiring.tables(), goes_on=options["goes_on"])
        self.stdout.write(f"{count} items copied, read back and found the same.")

    def _copy(self, source: Store, target: Store, tables: tuple[Table, ...], *, goes_on: bool) -> int:
        missing = [table.name for table in tables if source.describe(table) is None]
        if missing:
            raise TransferFailed(f"The store to copy from has no {', '.join(missing)}: is --from right?")
        refuse_rows_of_newer(row for table in tables if table is SITE for row in source.dump(table))
        target.create_tables(tables)
        if not goes_on:
            require_empty(target, of_users(tables))
        forget_stamp(target, tables)
        sent = {table: Tally() for table in tables}
        with source.snapshot() as still:
            for table, tally in sent.items():
                count = load(target, table, tally.of(still.dump(table)))
                self.stdout.write(f"{table.name}: {count} items")
        compare(target, sent)
        source.close()
        target.close()
        return sum(tally.items for tally in sent.values())
