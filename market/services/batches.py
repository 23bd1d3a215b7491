"""Writing many rows of the market in few requests."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from core.storage import Put, TransactionCancelled, store
from market.domain import Asset, Candle, Recording, Tick
from market.repositories.assets import recording_change
from market.repositories.candles import candle_put
from market.repositories.ticks import tick_put

T = TypeVar("T")

BATCH_LIMIT = 25
TRANSACTION_LIMIT = 10


def ticks_write(ticks: Sequence[Tick], *, received_at: datetime) -> None:
    """Write ticks, those of each asset in the order of time.

    With one tick of each asset 25 go in a request, with several 10: the trigger engine never looks back, so it must
    not see a tick of an asset before the earlier ones.
    """
    puts = [tick_put(tick, received_at) for tick in ticks]
    if len({tick.asset_id for tick in ticks}) == len(ticks):
        _put_all(puts)
    else:
        _put_in_order(puts)


def candles_write(candles: Iterable[Candle], *, now: datetime) -> None:
    """Write whole candles, 25 in a request."""
    _put_all(candle_put(candle, now) for candle in candles)


def recordings_write(recordings: Sequence[tuple[Asset, Recording]]) -> list[str]:
    """Write what recordings made of assets, each given with the asset as it was read; 10 assets in a transaction.

    The ids of those not written, because another writer was faster for them or for one of the same transaction; they
    are to be read and recorded again.
    """
    lost: list[str] = []
    for group in _parts(recordings, TRANSACTION_LIMIT):
        try:
            store().transact_write([recording_change(before, recording) for before, recording in group])
        except TransactionCancelled:
            lost += [before.asset_id for before, _ in group]
    return lost


def _put_all(puts: Iterable[Put]) -> None:
    """Carry out puts of different keys, 25 in a request. Safe to repeat after a failure half-way."""
    for batch in _parts(puts, BATCH_LIMIT):
        store().batch_write(batch)


def _put_in_order(puts: Iterable[Put]) -> None:
    """Carry out puts of different keys in their order, 10 in a transaction.

    The parts of a batch arrive in no order: a reader meanwhile, or after a crash, would find a gap.
    """
    for group in _parts(puts, TRANSACTION_LIMIT):
        store().transact_write(group)


def _parts(whole: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(whole)
    while part := list(islice(left, size)):
        yield part
