"""What must be there before the site answers: tables, rows of the present layout, and what the apps prepare."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core import layout, wiring
from core.layout import LayoutRefused
from core.storage import StorageError, TableMissing, administration
from core.storage.schema import same_shape

logger = logging.getLogger(__name__)

IN_USE = (
    "The store must be upgraded, and another process has it open: stop the site and every other program that uses it, "
    "then start again."
)


def prepare(report: Callable[[str], None] = logger.warning) -> None:
    """Make the tables of an embedded store, upgrade its rows, and run the apps' START_UPS; safe to repeat.

    `report` is called with a sentence for each step of an upgrade. Tables of a server are made and upgraded by
    `manage.py createtables` and `upgradetables`, under rights that the site need not have.

    Raises LayoutRefused, an ImproperlyConfigured, where the store is too new, or too old and cannot be upgraded now,
    and ImproperlyConfigured when tables are missing.
    """
    if layout.is_embedded():
        _prepare_tables()
        layout.upgrade(report)
    else:
        layout.require_open()
    try:
        for start_up in wiring.listed("START_UPS"):
            start_up()
    except TableMissing as error:
        raise ImproperlyConfigured(f"{error}: run `manage.py createtables` first.") from error


def refuse_layout() -> None:
    """Raises LayoutRefused where this process must not work on the store; 1 request, for processes that run apart.

    A store that does not answer does not stop the process: `/readyz` shows it. A store in memory is new, and of this
    process.
    """
    if settings.DATASTORE_URL.startswith("memory:"):
        return
    try:
        layout.require_open()
    except StorageError as error:
        logger.warning("the layout of the store is not known: %s", error)


def _prepare_tables() -> None:
    """Make tables and indexes as declared, once it is known that no other process uses the older ones."""
    layout.require_known()
    store, tables = administration(), wiring.tables()
    existing = {table: found for table in tables if (found := store.describe(table)) is not None}
    altered = [table for table, found in existing.items() if not same_shape(found, table)]
    store.create_tables(table for table in tables if table not in existing)
    is_older = bool(layout.pending(layout.stored() or layout.OLDEST_STORES)) and not layout.is_empty()
    if (altered or is_older) and store.used_elsewhere():
        raise LayoutRefused(IN_USE)
    for table in altered:
        store.conform(table)
