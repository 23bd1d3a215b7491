"""Holdings, and the trades they follow from."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core import clock, money
from core.errors import Refused
from core.money import ZERO
from portfolio.domain.cash import STEP
from portfolio.domain.cost_basis import AVERAGE, AveragePool, Pool
from portfolio.domain.fills import Fill
from portfolio.domain.trades import Trade


@dataclass(frozen=True, slots=True)
class Gain:
    """What one sale brought: `proceeds` after the fee, less the `cost` of the units sold."""

    proceeds: Decimal
    cost: Decimal

    @property
    def realized(self) -> Decimal:
        return self.proceeds - self.cost


@dataclass(frozen=True, slots=True)
class Holding:
    """One asset of one account. `version` counts the writes; 0 has never been written.

    cost and realized are by average cost; `replayed` gives them by another method.
    """

    username: str
    asset_id: str
    available: Decimal
    held: Decimal
    cost: Decimal
    realized: Decimal
    last_transaction: str
    version: int
    created_at: datetime

    @property
    def quantity(self) -> Decimal:
        return self.available + self.held

    @property
    def last_trade_at(self) -> datetime | None:
        """When the newest trade in the pool was; None where there is none."""
        return clock.from_text(self.last_transaction.partition("#")[0]) if self.last_transaction else None

    @property
    def pool(self) -> Pool:
        """All units, by average cost."""
        return AveragePool(self.quantity, self.cost)

    def check_covers(self, quantity: Decimal, symbol: str) -> None:
        """Raises Refused `insufficient_holdings` when this is more than is available."""
        if quantity > self.available:
            raise Refused(
                "insufficient_holdings",
                f"You can sell {money.plain(self.available)} {symbol}, not {money.plain(quantity)}. Sell less.",
            )

    def traded(self, trade: Trade) -> Holding:
        """The holding after a trade later than all in it. Raises Refused `insufficient_holdings`."""
        fill = trade.fill
        if fill.side == "sell":
            self.check_covers(fill.quantity, trade.symbol)
        pool, gain = after(self.pool, fill)
        return replace(
            self,
            available=pool.quantity - self.held,
            cost=pool.cost,
            realized=self.realized + (gain.realized if gain else ZERO),
            last_transaction=trade.timestamp,
        )

    def replayed(self, trades: Iterable[Trade], method: Pool = AVERAGE) -> Holding:
        """The holding as all its trades make it, in time order. Raises Refused `insufficient_holdings`."""
        history = replay(trades, method)
        if history.pool.quantity < self.held:
            raise Refused("insufficient_holdings", "Open orders hold more than would be left. Cancel them first.")
        return replace(
            self,
            available=history.pool.quantity - self.held,
            cost=history.pool.cost,
            realized=sum((gain.realized for gain in history.gains.values()), ZERO),
            last_transaction=history.last_transaction,
        )

    def next_time(self, at: datetime) -> datetime:
        """`at`, or just after the newest trade if that is not earlier: a fill always comes last."""
        at = clock.whole_milliseconds(at)
        if not self.last_transaction:
            return at
        return max(at, clock.from_text(self.last_transaction.partition("#")[0]) + STEP)


@dataclass(frozen=True, slots=True)
class History:
    """What a series of trades of one asset comes to; `gains` by trade_id, sales only."""

    pool: Pool
    gains: dict[str, Gain]
    last_transaction: str


def none_held(username: str, asset_id: str, at: datetime) -> Holding:
    """The holding of an asset never traded."""
    return Holding(username, asset_id, ZERO, ZERO, ZERO, ZERO, "", 0, clock.whole_milliseconds(at))


def after(pool: Pool, fill: Fill) -> tuple[Pool, Gain | None]:
    """The pool after a fill, and the gain of a sale. Raises ValueError when more is sold than there is."""
    if fill.side == "buy":
        return pool.bought(fill.quantity, fill.total), None
    return pool.sold(fill.quantity), Gain(fill.total, pool.cost_of(fill.quantity))


def replay(trades: Iterable[Trade], method: Pool = AVERAGE) -> History:
    """All trades of one asset from the first, in time order, by a method of cost basis, given as its empty pool.

    Raises Refused `insufficient_holdings`, naming the day, where a sale exceeds what was held at its time.
    """
    pool, gains, last = method, {}, ""
    for trade in sorted(trades, key=lambda each: each.timestamp):
        if trade.fill.side == "sell" and trade.fill.quantity > pool.quantity:
            raise Refused(
                "insufficient_holdings",
                f"On {trade.at.day} {trade.at:%B %Y} you had {money.plain(pool.quantity)} {trade.symbol} to sell, "
                f"not {money.plain(trade.fill.quantity)}. "
                "Add the earlier purchase first.",
            )
        pool, gain = after(pool, trade.fill)
        if gain:
            gains[trade.trade_id] = gain
        last = trade.timestamp
    return History(pool, gains, last)


def by_method(holdings: Iterable[Holding], trades: Iterable[Trade], method: Pool) -> list[Holding]:
    """The holdings with cost and gain by a method of cost basis; all trades of the account are needed."""
    of_asset: defaultdict[str, list[Trade]] = defaultdict(list)
    for trade in trades:
        of_asset[trade.asset_id].append(trade)
    return [holding.replayed(of_asset[holding.asset_id], method) for holding in holdings]


def inserted(trades: Iterable[Trade], late: Trade) -> list[Trade]:
    """The trades in time order with a late one in its place."""
    ordered = sorted(trades, key=lambda each: each.timestamp)
    insort(ordered, late, key=lambda each: each.timestamp)
    return ordered
