"""What the portfolio must know of an asset."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from core.errors import Refused


@dataclass(frozen=True, slots=True)
class Quote:
    """A price of one unit, its time by the feed's clock, and the feed it came from."""

    price: Decimal
    at: datetime
    source: str


class Quoted(Protocol):
    """An asset with its latest price; the market's `Asset` is one. Times are those of the feed's clock."""

    @property
    def asset_id(self) -> str: ...

    @property
    def symbol(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def active(self) -> bool: ...

    @property
    def price(self) -> Decimal | None: ...

    @property
    def price_at(self) -> datetime | None: ...

    @property
    def source(self) -> str: ...

    @property
    def change_24h(self) -> Decimal | None: ...

    @property
    def daily_closes(self) -> tuple[tuple[date, Decimal], ...]: ...

    def age(self, now: datetime) -> timedelta:
        """How old the price is at this wall time."""

    def is_stale(self, now: datetime) -> bool:
        """Whether the price must be shown with a mark."""

    def is_priced(self, now: datetime) -> bool:
        """Whether an order may fill at the price: it is there and not too old."""


def quote_of(asset: Quoted) -> Quote:
    """The latest price. Raises Refused `price_stale` where there is none."""
    if asset.price is None or asset.price_at is None:
        raise Refused("price_stale", f"There is no price of {asset.name} yet. Try again later.")
    return Quote(asset.price, asset.price_at, asset.source)
