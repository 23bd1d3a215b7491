"""Counting what the store is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.storage import Get, Item, Page, Query, measured, store


@contextmanager
def one_request() -> Iterator[None]:
    """What is done within it asks the store once, whatever it asks."""
    with measured() as usage:
        yield
    assert usage.requests == 1


def got(get: Get) -> Item | None:
    """The item at a place, read in one request."""
    with one_request():
        return store().get(get.table, get.key, consistent=True)


def queried(query: Query) -> Page:
    """The answer to a query, read in one request."""
    with one_request():
        return store().query(query)
