"""The store of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from core.storage.item_store import ItemStore
from core.storage.store_urls import open_store
from core.storage.whole_store import Store

_lock = threading.Lock()
_current: Store | None = None


def store() -> ItemStore:
    """The store that settings.DATASTORE_URL names, opened at the first use. Ask at each use; do not keep it."""
    return administration()


def administration() -> Store:
    """The same store with the administration of its tables."""
    global _current
    if _current is None:
        with _lock:
            if _current is None:
                _current = open_store(settings.DATASTORE_URL)
    return _current


@contextmanager
def using(other: Store) -> Iterator[Store]:
    """For tests: `store()` is this one, in all threads, until the end."""
    global _current
    with _lock:
        before, _current = _current, other
    try:
        yield other
    finally:
        with _lock:
            _current = before
