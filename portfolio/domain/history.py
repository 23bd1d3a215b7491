"""What the account was worth day by day."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from core import money
from core.money import ZERO
from portfolio.domain.cash import LedgerEntry
from portfolio.domain.quoted import Quoted
from portfolio.domain.trades import Transaction


@dataclass(frozen=True, slots=True)
class DayValue:
    """Net worth at the end of a UTC day; `value` is None where something held then has no close up to that day."""

    day: date
    cash: Decimal
    value: Decimal | None


def value_history(
    transactions: Iterable[Transaction],
    ledger: Iterable[LedgerEntry],
    assets: Mapping[str, Quoted],
    days: Sequence[date],
) -> tuple[DayValue, ...]:
    """Cash and holdings at the end of each of these UTC days, in their order, which must rise.

    All transactions and ledger rows of the account are needed, in any order. Cash counts from the time it is for
    (`effective_at`), holdings are valued at the last daily close up to the day.
    """
    trades = sorted(transactions, key=lambda each: each.at)
    entries = sorted(ledger, key=lambda each: each.effective_at)
    quantities: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    cash, traded, booked, history = ZERO, 0, 0, []
    for day in days:
        end = datetime.combine(day + timedelta(days=1), time(), UTC)
        while booked < len(entries) and entries[booked].effective_at < end:
            cash += entries[booked].change
            booked += 1
        while traded < len(trades) and trades[traded].at < end:
            fill = trades[traded].fill
            quantities[trades[traded].asset_id] += fill.quantity if fill.side == "buy" else -fill.quantity
            traded += 1
        worth = [_worth(quantity, assets[asset_id], day) for asset_id, quantity in quantities.items() if quantity]
        complete = [each for each in worth if each is not None]
        history.append(DayValue(day, cash, cash + sum(complete, ZERO) if len(complete) == len(worth) else None))
    return tuple(history)


def _worth(quantity: Decimal, asset: Quoted, day: date) -> Decimal | None:
    known = bisect_right(asset.daily_closes, day, key=lambda close: close[0])
    return money.down_to_cents(quantity * asset.daily_closes[known - 1][1]) if known else None
