"""Where an alert is judged from: its asset and the row of its series."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alerts.domain.alert import Alert
from core import clock
from core.errors import InvalidInput, Refused
from core.retry import LostRace
from core.storage import Get, Item, StoreUnavailable, aside, store
from market import selectors, triggers
from market.selectors import Asset
from market.triggers import series as series_rows
from market.triggers.engine import Look
from market.triggers.series import SeriesRow

SUBSCRIBER = "alerts"
"""The name under which the series row counts armed alerts."""


@dataclass(frozen=True, slots=True)
class Place:
    """An asset with a price, and where the trigger engine stands with it."""

    asset: Asset
    series: SeriesRow


def place_of(asset_id: str, other: Get | None = None) -> tuple[Place, Item | None]:
    """The place of an asset, and another row read with it; one request.

    Where the engine has not taken in the latest price yet, it does so first, look by look: an alert set on a price
    that is shown must not be fired by the way to it. What those looks leave unclaimed does not matter here and is left
    to the worker. A price whose ticks have expired before the engine saw them is no way that anything could take.
    Raises LostRace while somebody else is about to do so, InvalidInput for an unknown asset, Refused with no_price.
    """
    asset, series, found = _read(asset_id, other)
    while found is None and _is_behind(series, asset):
        done = _look(asset_id)
        if done.is_busy:
            raise LostRace
        before = asset.price_at, series.standing.last_at
        asset, series, found = _read(asset_id, other)
        if not done.has_more and before == (asset.price_at, series.standing.last_at):
            break
    if series.standing.close is None:
        series = _first(asset, series)
    return Place(asset, series), found


def placed_at(alert: Alert, place: Place) -> Alert:
    """The alert about to begin at this place: with its expiry on the clock of the feed, and no end of before."""
    expires_at = alert.terms.expires_at
    market_expires_at = None if expires_at is None else place.asset.market_now(expires_at)
    return replace(alert, ended_by=None, market_expires_at=market_expires_at)


def _read(asset_id: str, other: Get | None) -> tuple[Asset, SeriesRow, Item | None]:
    gets = [selectors.asset_address(asset_id), series_rows.get_operation(asset_id)]
    asset, series, *rest = store().batch_get([*gets, *([] if other is None else [other])], consistent=True)
    if asset is None:
        raise InvalidInput({"asset_id": ["There is no such asset. Choose one from the markets."]})
    return (
        selectors.asset_from_item(asset),
        series_rows.from_item(asset_id, series),
        rest[0] if rest else None,
    )


def _look(asset_id: str) -> Look:
    """One look, which is the engine's own affair: whatever becomes of it, the alert is not written yet.

    Raises LostRace where the store does not say what became of it; it may be repeated.
    """
    try:
        with aside():
            return triggers.look(asset_id)
    except StoreUnavailable as error:
        raise LostRace from error


def _is_behind(series: SeriesRow, asset: Asset) -> bool:
    return asset.price_at is not None and clock.to_milliseconds(asset.price_at) > series.standing.last_at


def _first(asset: Asset, series: SeriesRow) -> SeriesRow:
    """A series that has seen no tick starts at the asset's latest price."""
    if asset.price is None or asset.price_at is None:
        raise Refused("no_price", f"There is no price of {asset.name} yet. Try again when the feed has one.")
    standing = replace(
        series.standing,
        close=asset.price,
        last_at=clock.to_milliseconds(asset.price_at),
        source=asset.source,
    )
    return replace(series, standing=standing)
