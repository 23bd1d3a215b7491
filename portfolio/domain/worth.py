"""Net worth day by day and what changed today: pure, from rows already read."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from core import money
from core.money import ZERO
from portfolio.domain.cash import EntryType, LedgerEntry
from portfolio.domain.quoted import Quoted
from portfolio.domain.trades import Trade
from portfolio.domain.valuation import PortfolioView

RANGES = {"1w": 7, "1m": 30, "3m": 90}
"""Days of each range of the net-worth curve; prices by day are kept for 90."""
DEFAULT_RANGE = "3m"

PAID_IN = (EntryType.DEPOSIT, EntryType.WITHDRAW, EntryType.SYSTEM_ADJUSTMENT)
"""Ledger rows that bring money in or take it out; all others turn money into something else."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class DayValue:
    """Net worth at the end of a UTC day; `value` is None where something held then has no close up to that day."""

    day: date
    cash: Decimal
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class DayWorth:
    """Net worth at the end of a UTC day, and what had been paid in by then; the last one is now."""

    day: date
    value: Decimal
    paid_in: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """A difference and its share of where it began, in percent; None where it began at nothing."""

    amount: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Worth:
    """The net-worth curve, oldest first, and the change since midnight UTC (None: yesterday's worth is not known).

    began: the UTC day of the account's first trade or movement of cash; None where there was none.
    """

    days: Sequence[DayWorth]
    today: Change | None
    began: date | None

    @property
    def values(self) -> list[Decimal]:
        """The worth of each day."""
        return [each.value for each in self.days]

    @property
    def paid_in(self) -> list[Decimal]:
        """What had been paid in by the end of each day."""
        return [each.paid_in for each in self.days]

    @property
    def is_curve(self) -> bool:
        """Whether there are days enough to draw."""
        return len(self.days) > 1


def value_history(
    trades: Iterable[Trade],
    ledger: Iterable[LedgerEntry],
    assets: Mapping[str, Quoted],
    days: Sequence[date],
) -> tuple[DayValue, ...]:
    """Cash and holdings at the end of each of these UTC days, in their order, which must rise.

    All trades and ledger rows of the account are needed, in any order. Cash counts from the time it is for
    (`effective_at`), holdings are valued at the last daily close up to the day.
    """
    ordered = sorted(trades, key=lambda each: each.at)
    entries = sorted(ledger, key=lambda each: each.effective_at)
    quantities: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    cash, traded, booked, history = ZERO, 0, 0, []
    for day in days:
        end = datetime.combine(day + timedelta(days=1), time(), UTC)
        while booked < len(entries) and entries[booked].effective_at < end:
            cash += entries[booked].change
            booked += 1
        while traded < len(ordered) and ordered[traded].at < end:
            fill = ordered[traded].fill
            quantities[ordered[traded].asset_id] += fill.quantity if fill.side == "buy" else -fill.quantity
            traded += 1
        worth = [_value(quantity, assets[asset_id], day) for asset_id, quantity in quantities.items() if quantity]
        complete = [each for each in worth if each is not None]
        history.append(DayValue(day, cash, cash + sum(complete, ZERO) if len(complete) == len(worth) else None))
    return tuple(history)


def worth_of(
    view: PortfolioView, trades: Sequence[Trade], ledger: Sequence[LedgerEntry], *, days: int, now: datetime
) -> Worth:
    """The worth from that many days ago, or from the account's first day, until now.

    `trades` and `ledger` are all of the account's. A day whose worth is not known is left out.
    """
    today = now.astimezone(UTC).date()
    began = _first_day(trades, ledger)
    first = max(began or today, today - timedelta(days=days))
    asked = _days(min(first, today - timedelta(days=1)), today - timedelta(days=1))
    history = value_history(trades, ledger, view.assets, asked)
    paid_in = _paid_in(ledger)
    known = [
        DayWorth(each.day, each.value, _until(each.day, paid_in))
        for each in history
        if each.day >= first and each.value is not None
    ]
    return Worth(
        days=[*known, DayWorth(today, view.totals.value, _until(today, paid_in))],
        today=_change(view.totals.value, history[-1].value, paid_in.get(today, ZERO)),
        began=began,
    )


def _change(value: Decimal, before: Decimal | None, paid_in: Decimal) -> Change | None:
    """What the value gained since `before`, without what was paid in since."""
    if before is None:
        return None
    amount = value - before - paid_in
    base = before + max(paid_in, ZERO)
    return Change(amount, amount / base * HUNDRED if base > 0 else None)


def _paid_in(ledger: Sequence[LedgerEntry]) -> dict[date, Decimal]:
    """What was paid in on each UTC day, less what was taken out."""
    sums: defaultdict[date, Decimal] = defaultdict(lambda: ZERO)
    for entry in ledger:
        if entry.transaction_type in PAID_IN:
            sums[entry.effective_at.astimezone(UTC).date()] += entry.change
    return dict(sums)


def _until(day: date, paid_in: Mapping[date, Decimal]) -> Decimal:
    return sum((amount for when, amount in paid_in.items() if when <= day), ZERO)


def _first_day(trades: Sequence[Trade], ledger: Sequence[LedgerEntry]) -> date | None:
    times = [*(trade.at for trade in trades), *(entry.effective_at for entry in ledger)]
    return min(times).astimezone(UTC).date() if times else None


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _value(quantity: Decimal, asset: Quoted, day: date) -> Decimal | None:
    known = bisect_right(asset.daily_closes, day, key=lambda close: close[0])
    return money.down_to_cents(quantity * asset.daily_closes[known - 1][1]) if known else None
