"""Make the tables that are missing, and report where one differs from its declaration."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandError, CommandParser

from core import layout, wiring
from core.management.base import StoreCommand
from core.storage import Store, Table, administration
from core.storage.drift import drift, missing_indexes
from core.tables import SITE


class Command(StoreCommand):
    help = (
        "Make the tables that are missing in the store that DATASTORE_URL names, and say how others differ from their "
        "declaration. Safe to repeat. Exits with 1 while any differs; with --check also where the rows are of a layout "
        "that this release does not work with."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if anything would")
        parser.add_argument("--add-indexes", action="store_true", help="make the missing indexes of existing tables")

    def handle(self, *args: Any, **options: Any) -> None:
        layout.require_known()
        if not options["check"]:
            self._make(administration(), wiring.tables(), add_indexes=options["add_indexes"])
            _stamp(administration())
        differences = list(_differences(administration(), wiring.tables()))
        refused = _refusal(administration())
        for sentence in differences:
            self.stdout.write(sentence)
        if differences:
            raise CommandError(f"The tables differ from their declarations in {len(differences)} points.")
        if refused and options["check"]:
            raise CommandError(refused)
        if refused:
            self.stdout.write(refused)
        if options["check"]:
            self.stdout.write(f"All {len(wiring.tables())} tables are as declared.")

    def _make(self, store: Store, tables: tuple[Table, ...], *, add_indexes: bool) -> None:
        made = 0
        for table in tables:
            existing = store.describe(table)
            if existing is not None and existing.key == table.key:
                self._alter(store, table, existing, add_indexes=add_indexes)
                existing = store.describe(table)
            if existing is None or not drift(table, existing):
                # an existing one is still given what protects it, where the server lacked that at first
                made += len(store.create_tables([table]))
        self.stdout.write(f"{made} tables made, {len(tables) - made} were there.")

    def _alter(self, store: Store, table: Table, existing: Table, *, add_indexes: bool) -> None:
        if table.ttl is not None and existing.ttl is None:
            store.add_ttl(table)
            self.stdout.write(f"{table.name}: items expire by {table.ttl} now.")
        for index in missing_indexes(table, existing) if add_indexes else ():
            self.stdout.write(f"{table.name}: adding the index {index.name}; this takes a while on many items ...")
            store.add_index(table, index.name)


def _stamp(store: Store) -> None:
    """Give a new store the layout of this release."""
    if store.describe(SITE) is not None and layout.stored() is None:
        layout.stamp_if_empty()


def _refusal(store: Store) -> str:
    """Why the site would refuse the rows, empty when it would not; a missing table is among the differences."""
    if store.describe(SITE) is None:
        return ""
    stamp = layout.stored()
    return "" if stamp is None and layout.is_empty() else layout.refusal(stamp)


def _differences(store: Store, tables: Iterable[Table]) -> Iterable[str]:
    for table in tables:
        existing = store.describe(table)
        if existing is None:
            yield f"{table.name}: the table is declared, but missing. `createtables` makes it."
        else:
            yield from drift(table, existing)
