"""Fixtures of all tests: a fresh store for each."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest

from core.storage import Store, Table, open_store, using
from cryptopulse import wiring


@pytest.fixture(autouse=True)
def store() -> Iterator[Store]:
    """A fresh store in memory with every table of the product."""
    opened = open_store("memory://")
    opened.create_tables(_tables())
    with using(opened):
        yield opened
    opened.close()


def _tables() -> list[Table]:
    tables: list[Table] = []
    for path in wiring.TABLES:
        module, name = path.rsplit(".", 1)
        try:
            tables.extend(getattr(import_module(module), name))
        except ModuleNotFoundError:
            continue
    return tables
