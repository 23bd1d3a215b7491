"""Many puts in few requests."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from core.storage import Put, store

BATCH_LIMIT = 25


def put_all(puts: Iterable[Put]) -> None:
    """Carry out puts of different keys, 25 in a request. Safe to repeat after a failure half-way."""
    left = iter(puts)
    while batch := list(islice(left, BATCH_LIMIT)):
        store().batch_write(batch)
