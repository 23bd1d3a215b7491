"""What CoinGecko's answers say.

Shapes are those of its documentation, docs.coingecko.com: `/simple/price` and `/coins/{id}/market_chart`.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from core import clock
from core.currencies import BASE
from core.money import QUANTUM
from market.domain import INTERVALS, Candle, Tick, folded
from market.feeds import figures
from market.feeds.protocol import FeedFailed

COINGECKO = "coingecko"
"""The source of its prices."""
RENAMED = {"matic-network": "polygon-ecosystem-token"}
"""MATIC became POL, one for one, in September 2024; CoinGecko prices POL alone since."""
HOUR = INTERVALS["1h"]
PERCENT = Decimal("0.0001")
LARGEST_CHANGE = Decimal(1_000_000)


def asked_as(asset_id: str) -> str:
    """CoinGecko's present id of an asset."""
    return RENAMED.get(asset_id, asset_id)


def prices(body: bytes | str, asset_ids: Iterable[str]) -> list[Tick]:
    """The prices in an answer of `/simple/price` in the base currency, at CoinGecko's own times.

    An asset whose part is missing or has no price or no time is left out. Raises FeedFailed for an answer in which no
    asset has any.
    """
    answer = figures.parsed(body)
    if not isinstance(answer, dict):
        raise FeedFailed("the answer does not have the form of prices")
    asked = list(asset_ids)
    ticks = [tick for asset_id in asked if (tick := _tick(asset_id, answer.get(asked_as(asset_id)))) is not None]
    if asked and not ticks:
        raise FeedFailed("the answer has no price of any asset")
    return ticks


def hours(body: bytes | str, asset_id: str, until: datetime) -> list[Candle]:
    """Candles of 1h and 1d from an answer of `/coins/{id}/market_chart` over 90 days, which has one price an hour.

    An hour goes from its price to that of the next, so high and low are the higher and lower of the two: what was
    between is unknown. Raises FeedFailed.
    """
    answer = figures.parsed(body)
    points = answer.get("prices") if isinstance(answer, dict) else None
    if not isinstance(points, list):
        raise FeedFailed("the answer does not have the form of a chart")
    first_of_hour: dict[datetime, Decimal] = {}
    for at, price in sorted(filter(None, map(_point, points))):
        if at <= until:
            first_of_hour.setdefault(HOUR.opened_at(at), price)
    if not first_of_hour:
        return []
    last = next(reversed(first_of_hour))
    hourly = [
        _hour(asset_id, opened_at, first_of_hour[opened_at], first_of_hour[following])
        for opened_at, following in pairwise([*first_of_hour, last])
    ]
    return [*folded(hourly, INTERVALS["1d"]), *hourly]


def _tick(asset_id: str, part: object) -> Tick | None:
    if not isinstance(part, dict):
        return None
    price, seconds = figures.number(part.get(BASE.code)), figures.whole(part.get("last_updated_at"))
    at = None if seconds is None else _time(seconds * 1_000)
    if price is None or at is None:
        return None
    change = figures.number(part.get("usd_24h_change"))
    is_change = change is not None and change.is_finite() and abs(change) < LARGEST_CHANGE
    return Tick.lone(
        asset_id,
        at,
        price,
        COINGECKO,
        market_cap=figures.amount(part.get("usd_market_cap")) or None,
        volume_24h=figures.amount(part.get("usd_24h_vol")),
        change_24h=change.quantize(PERCENT) if change is not None and is_change else None,
    )


def _point(point: Any) -> tuple[datetime, Decimal] | None:
    if not isinstance(point, list) or len(point) != 2:
        return None
    milliseconds, price = figures.whole(point[0]), figures.number(point[1])
    at = None if milliseconds is None else _time(milliseconds)
    if at is None or price is None or not price.is_finite():
        return None
    rounded = price.quantize(QUANTUM)
    return (at, rounded) if rounded > 0 else None


def _hour(asset_id: str, opened_at: datetime, opened: Decimal, close: Decimal) -> Candle:
    return Candle(asset_id, "1h", opened_at, opened, max(opened, close), min(opened, close), close, COINGECKO)


def _time(milliseconds: int) -> datetime | None:
    try:
        return clock.from_milliseconds(milliseconds)
    except (ValueError, OverflowError, OSError):
        return None
