"""Net worth day by day and what changed today: pure, from rows already read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from core.money import ZERO
from portfolio.domain.cash import EntryType, LedgerEntry
from portfolio.domain.history import value_history
from portfolio.domain.trades import Transaction
from portfolio.domain.view import PortfolioView

RANGES = {"1w": 7, "1m": 30, "3m": 90}
"""Days of each range of the net-worth curve; prices by day are kept for 90."""
DEFAULT_RANGE = "3m"

PAID_IN = (EntryType.DEPOSIT, EntryType.WITHDRAW, EntryType.SYSTEM_ADJUSTMENT)
"""Ledger rows that bring money in or take it out; all others turn money into something else."""
HUNDRED = Decimal(100)


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


def worth_of(
    view: PortfolioView, trades: Sequence[Transaction], ledger: Sequence[LedgerEntry], *, days: int, now: datetime
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
    """What the value gained since `before`, without what was paid in meanwhile."""
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


def _first_day(trades: Sequence[Transaction], ledger: Sequence[LedgerEntry]) -> date | None:
    times = [*(trade.at for trade in trades), *(entry.effective_at for entry in ledger)]
    return min(times).astimezone(UTC).date() if times else None


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
