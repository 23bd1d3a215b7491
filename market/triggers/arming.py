"""Arming a level: the asset and the row of its series that it is compared with, read in one request."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core import clock
from core.errors import InvalidInput, Refused
from core.retry import LostRace
from core.storage import Get, Item, StoreUnavailable, Write, aside, store
from market import selectors
from market.selectors import Asset
from market.triggers import crossing
from market.triggers.crossing import Firing, Watch
from market.triggers.engine import look
from market.triggers.partitions import Partition
from market.triggers.repository import arming_write, series_address, series_from_item
from market.triggers.series import SeriesRow


@dataclass(frozen=True, slots=True)
class Baseline:
    """An asset with a price, and what the trigger engine has seen of it: what a new level is compared with."""

    asset: Asset
    series: SeriesRow

    def market_time(self, at: datetime | None) -> datetime | None:
        """A wall time on the clock of the asset's feed; None for none."""
        return None if at is None else self.asset.market_now(at)

    def begin(self, watch: Watch, *, fire_if_true: bool) -> tuple[Watch, Firing | None]:
        """The watch as it starts here; see `market.triggers.crossing.begin`."""
        return crossing.begin(watch, self.series.last_seen, fire_if_true=fire_if_true)

    def arm(self, subscriber: str, before: Partition | None, after: Partition | None) -> Write:
        """The write that belongs into the transaction of the level; see `market.triggers.repository.arming_write`."""
        return arming_write(self.series, subscriber, before, after)


def baseline_of(asset_id: str, *others: Get) -> tuple[Baseline, Sequence[Item | None]]:
    """The baseline of an asset, and other rows read with it; one request.

    others: the first is the subscriber's own row; where it exists there is nothing to arm, and no look is made. Else,
    where the engine has not taken in the latest price yet, it does so first, look by look: a level set on a price that
    is shown must not be fired by the moves that led to it. What those looks leave unclaimed is left to the worker. Of a
    price whose ticks expired before the engine saw them there are no moves.
    Raises LostRace while another evaluator looks, InvalidInput for an unknown asset, Refused with no_price.
    """
    asset, series, found = _read(asset_id, others)
    while not (found and found[0]) and series.is_behind(asset.price_at):
        before = asset.price_at, series.last_seen.at
        has_more = _take_in(asset_id)
        asset, series, found = _read(asset_id, others)
        if not has_more and before == (asset.price_at, series.last_seen.at):
            break
    return Baseline(asset, series if series.last_seen.close is not None else _first(asset, series)), found


def _read(asset_id: str, others: Sequence[Get]) -> tuple[Asset, SeriesRow, list[Item | None]]:
    gets = [selectors.asset_address(asset_id), series_address(asset_id), *others]
    asset, series, *found = store().batch_get(gets, consistent=True)
    if asset is None:
        raise InvalidInput({"asset_id": ["This asset was not found. Choose one under Markets."]})
    return selectors.asset_of(asset), series_from_item(asset_id, series), found


def _take_in(asset_id: str) -> bool:
    """One look before the level is written; whether there is more to look at.

    Raises LostRace where another evaluator is looking, or the store does not answer what became of the look: it may be
    repeated.
    """
    try:
        with aside():
            done = look(asset_id)
    except StoreUnavailable as error:
        raise LostRace from error
    if done.is_busy:
        raise LostRace
    return done.has_more


def _first(asset: Asset, series: SeriesRow) -> SeriesRow:
    """A series that has seen no tick starts at the asset's latest price."""
    if asset.price is None or asset.price_at is None:
        raise Refused("no_price", f"There is no price of {asset.name} yet. Try again later.")
    at = clock.to_milliseconds(asset.price_at)
    return replace(series, last_seen=replace(series.last_seen, close=asset.price, at=at, source=asset.source))
