"""Orders, the trades that filled them, and the ledger rows of trades."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from core.reconciling.rules import Account, Disagreement
from portfolio.domain.bookings import movements_of
from portfolio.domain.cash import EntryType, LedgerEntry
from portfolio.domain.trades import Transaction
from portfolio.reconciling.rows import about_entry, about_order, about_trade, ledger_of, orders_of, trades_of

OF_TRADES = (EntryType.ORDER_PAYMENT, EntryType.ORDER_SALE, EntryType.ORDER_FEE)
"""Kinds of ledger rows that a trade alone makes."""

Movement = tuple[EntryType, Decimal]


def orders_have_trades(account: Account) -> Iterable[Disagreement]:
    """Every filled order has one trade, which is its fill, an open one none; every trade of an order has its order."""
    trades = {trade.order_id: trade for trade in trades_of(account) if trade.order_id}
    counts = Counter(trade.order_id for trade in trades_of(account))
    for order in orders_of(account):
        trade = trades.pop(order.order_id, None)
        if trade is None:
            if order.fill is not None:
                yield about_order(order, "it is filled, and there is no trade of it")
        elif counts[order.order_id] > 1:
            yield about_order(order, f"it was filled {counts[order.order_id]} times")
        elif (order.asset_id, order.fill) != (trade.asset_id, trade.fill):
            yield about_order(order, f"it is {order.asset_id} {order.fill}, its trade {trade.asset_id} {trade.fill}")
    for trade in trades.values():
        yield about_trade(trade, f"there is no order {trade.order_id}")


def trades_have_ledger_rows(account: Account) -> Iterable[Disagreement]:
    """Every trade has the ledger rows that it makes, each once, and no ledger row tells of a trade that is not there.

    Rows of a past trade do not name it; they are those that count for its time.
    """
    entries, trades = ledger_of(account), trades_of(account)
    orders = {trade.order_id for trade in trades if trade.order_id}
    for trade in trades:
        if trade.order_id:
            yield from _of_order(trade, [each for each in entries if each.order_id == trade.order_id])
    for entry in entries:
        if entry.order_id and entry.order_id not in orders:
            yield about_entry(entry, f"there is no trade of order {entry.order_id}")
    yield from _of_past_trades(
        [trade for trade in trades if not trade.order_id], [entry for entry in entries if not entry.order_id]
    )


def _of_order(trade: Transaction, entries: Sequence[LedgerEntry]) -> Iterable[Disagreement]:
    made, found = _movements(trade), [_movement(entry) for entry in entries]
    if sorted(made) != sorted(found):
        yield about_trade(trade, f"it moves {_shown(made)}; the ledger has {_shown(found)} of its order")


def _of_past_trades(trades: Sequence[Transaction], entries: Sequence[LedgerEntry]) -> Iterable[Disagreement]:
    found = Counter((entry.effective_at, _movement(entry)) for entry in entries)
    for trade in trades:
        wanted: Counter[tuple[datetime, Movement]] = Counter((trade.at, each) for each in _movements(trade))
        if missing := wanted - found:
            yield about_trade(trade, f"the ledger lacks {_shown([movement for _, movement in missing])}")
        found -= wanted
    for entry in entries:
        key = (entry.effective_at, _movement(entry))
        if entry.transaction_type in OF_TRADES and found[key] > 0:
            found[key] -= 1
            yield about_entry(entry, f"there is no trade of {entry.effective_at} that moves {_shown([key[1]])}")


def _movements(trade: Transaction) -> list[Movement]:
    return [(kind, change) for kind, change, _ in movements_of(trade)]


def _movement(entry: LedgerEntry) -> Movement:
    return entry.transaction_type, entry.change


def _shown(movements: Sequence[Movement]) -> str:
    return ", ".join(f"{kind} {change:+f}" for kind, change in movements) or "nothing"
