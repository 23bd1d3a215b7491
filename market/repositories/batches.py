"""Many puts in few requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from core.storage import Put, store

BATCH_LIMIT = 25
TRANSACTION_LIMIT = 10


def put_all(puts: Iterable[Put]) -> None:
    """Carry out puts of different keys, 25 in a request. Safe to repeat after a failure half-way."""
    for batch in _parts(puts, BATCH_LIMIT):
        store().batch_write(batch)


def put_in_order(puts: Iterable[Put]) -> None:
    """Carry out puts of different keys so that none is there before those in front of it, 10 in a transaction.

    The parts of a batch arrive in no order; who reads meanwhile, or after a crash, would find a gap.
    """
    for group in _parts(puts, TRANSACTION_LIMIT):
        store().transact_write(group)


def _parts(puts: Iterable[Put], size: int) -> Iterator[list[Put]]:
    left = iter(puts)
    while part := list(islice(left, size)):
        yield part
