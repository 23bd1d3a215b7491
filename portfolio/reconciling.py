"""Rules by which cash, holdings, trades and orders agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from core.errors import Refused
from core.money import ZERO
from core.reconciling.rules import Account, Disagreement, compared
from core.tables import IDEMPOTENCY
from portfolio.domain.bookings import movements_of
from portfolio.domain.cash import Balance, EntryType, LedgerEntry
from portfolio.domain.holdings import Holding, replay
from portfolio.domain.orders import Order
from portfolio.domain.trades import Trade
from portfolio.repositories.cash import BALANCE, LEDGER, balance_from_item, entry_from_item
from portfolio.repositories.claims import kind_of, reference_of
from portfolio.repositories.holdings import HOLDING, holding_from_item
from portfolio.repositories.orders import order_from_item
from portfolio.repositories.trades import trade_from_item
from portfolio.tables import ORDERS, PORTFOLIOS, TRANSACTIONS

BALANCE_ROW = f"{PORTFOLIOS.name} {BALANCE}"
SIGNS = {
    EntryType.DEPOSIT: 1,
    EntryType.WITHDRAW: -1,
    EntryType.ORDER_PAYMENT: -1,
    EntryType.ORDER_SALE: 1,
    EntryType.ORDER_REFUND: 1,
    EntryType.ORDER_FEE: -1,
}
"""Which way each kind moves the cash; an adjustment goes either way."""
OF_TRADES = (EntryType.ORDER_PAYMENT, EntryType.ORDER_SALE, EntryType.ORDER_FEE)
"""Kinds of ledger rows that a trade alone makes."""

Movement = tuple[EntryType, Decimal]


def ledger_chains(account: Account) -> Iterable[Disagreement]:
    """Ledger rows start at nothing, and each starts where the one before ended, later than it.

    Each moves its own amount, the way its kind says, and none leaves less than nothing.
    """
    entries = _ledger_of(account)
    if entries and entries[0].previous_balance != ZERO:
        yield _about_entry(entries[0], f"the first row starts at {entries[0].previous_balance}, not at 0")
    for before, entry in pairwise(entries):
        if entry.previous_balance != before.new_balance:
            yield _about_entry(
                entry, f"starts at {entry.previous_balance}, the row before ended at {before.new_balance}"
            )
        if entry.created_at <= before.created_at:
            yield _about_entry(entry, f"booked at {entry.created_at}, the row before at {before.created_at}")
    for entry in entries:
        yield from _of_entry(entry)


def balance_is_sum_of_ledger(account: Account) -> Iterable[Disagreement]:
    """The cash is what the ledger adds up to, as are the sums of deposits, withdrawals and adjustments."""
    balance, entries = _balance_of(account), _ledger_of(account)
    if balance is None:
        if entries:
            yield Disagreement(account.username, BALANCE_ROW, f"there is none, beside {len(entries)} ledger rows")
        return
    sums = _sums(entries)
    pairs = {
        "available + held": (balance.current_balance, sum(sums.values(), ZERO)),
        "total_deposits": (balance.total_deposits, sums[EntryType.DEPOSIT]),
        "total_withdrawals": (balance.total_withdrawals, -sums[EntryType.WITHDRAW]),
        "total_adjustments": (balance.total_adjustments, sums[EntryType.SYSTEM_ADJUSTMENT]),
    }
    for name, (said, found) in pairs.items():
        yield from compared(account.username, BALANCE_ROW, name, said, "the ledger adds up to", found)
    [item] = [item for item in account.of(PORTFOLIOS) if item["entry"] == BALANCE]
    said, found = item["current_balance"], balance.current_balance
    yield from compared(account.username, BALANCE_ROW, "current_balance", said, "available + held", found)
    if entries and entries[-1].created_at != balance.last_entry_at:
        detail = f"last_entry_at is {balance.last_entry_at}, the newest ledger row is of {entries[-1].created_at}"
        yield Disagreement(account.username, BALANCE_ROW, detail)
    for name, amount in (("available", balance.available), ("held", balance.held)):
        if amount < 0:
            yield Disagreement(account.username, BALANCE_ROW, f"{name} is {amount}")


def _sums(entries: Iterable[LedgerEntry]) -> dict[EntryType, Decimal]:
    sums = dict.fromkeys(EntryType, ZERO)
    for entry in entries:
        sums[entry.transaction_type] += entry.change
    return sums


def _of_entry(entry: LedgerEntry) -> Iterable[Disagreement]:
    if abs(entry.change) != entry.amount:
        yield _about_entry(entry, f"amount is {entry.amount}, the balance moved by {entry.change}")
    if entry.change * SIGNS.get(entry.transaction_type, 0) < 0:
        yield _about_entry(entry, f"a {entry.transaction_type} moved the balance by {entry.change}")
    if entry.new_balance < 0:
        yield _about_entry(entry, f"new_balance is {entry.new_balance}")


def holdings_follow_from_trades(account: Account) -> Iterable[Disagreement]:
    """Every holding is what all trades of its asset make it: quantity, cost, gain and newest trade.

    None is below nothing, and every asset that was traded has one.
    """
    trades: defaultdict[str, list[Trade]] = defaultdict(list)
    for trade in _trades_of(account):
        trades[trade.asset_id].append(trade)
    for holding in _holdings_of(account):
        yield from _of_holding(holding, trades.pop(holding.asset_id, []))
    for asset_id, left in trades.items():
        yield Disagreement(account.username, _holding_row(asset_id), f"there is none, beside {len(left)} trades")


def _of_holding(holding: Holding, trades: list[Trade]) -> Iterable[Disagreement]:
    row = _holding_row(holding.asset_id)
    try:
        replayed = replay(trades)
    except Refused as error:
        yield Disagreement(holding.username, row, f"its trades sell more than they buy: {error.detail}")
        return
    figures = {
        "quantity": (holding.quantity, replayed.pool.quantity),
        "cost": (holding.cost, replayed.pool.cost),
        "realized": (holding.realized, sum((gain.realized for gain in replayed.gains.values()), ZERO)),
    }
    for name, (said, found) in figures.items():
        yield from compared(holding.username, row, name, said, "its trades come to", found)
    if holding.last_transaction != replayed.last_transaction:
        detail = f"last_transaction is {holding.last_transaction}, its newest trade is {replayed.last_transaction}"
        yield Disagreement(holding.username, row, detail)
    for name, quantity in (("available", holding.available), ("held", holding.held)):
        if quantity < 0:
            yield Disagreement(holding.username, row, f"{name} is {quantity}")


def orders_have_trades(account: Account) -> Iterable[Disagreement]:
    """Every filled order has one trade, which is its fill, an open one none; every trade of an order has its order."""
    trades = {trade.order_id: trade for trade in _trades_of(account) if trade.order_id}
    counts = Counter(trade.order_id for trade in _trades_of(account))
    for order in _orders_of(account):
        trade = trades.pop(order.order_id, None)
        if trade is None:
            if order.fill is not None:
                yield _about_order(order, "it is filled, and there is no trade of it")
        elif counts[order.order_id] > 1:
            yield _about_order(order, f"it was filled {counts[order.order_id]} times")
        elif (order.asset_id, order.fill) != (trade.asset_id, trade.fill):
            yield _about_order(order, f"it is {order.asset_id} {order.fill}, its trade {trade.asset_id} {trade.fill}")
    for trade in trades.values():
        yield _about_trade(trade, f"there is no order {trade.order_id}")


def trades_have_ledger_rows(account: Account) -> Iterable[Disagreement]:
    """Every trade has the ledger rows that it makes, each once, and no ledger row is of a trade that is not there.

    Rows of a past trade do not name it; they are those that count for its time.
    """
    entries, trades = _ledger_of(account), _trades_of(account)
    orders = {trade.order_id for trade in trades if trade.order_id}
    for trade in trades:
        if trade.order_id:
            yield from _of_order(trade, [each for each in entries if each.order_id == trade.order_id])
    for entry in entries:
        if entry.order_id and entry.order_id not in orders:
            yield _about_entry(entry, f"there is no trade of order {entry.order_id}")
    yield from _of_past_trades(
        [trade for trade in trades if not trade.order_id], [entry for entry in entries if not entry.order_id]
    )


def _of_order(trade: Trade, entries: Sequence[LedgerEntry]) -> Iterable[Disagreement]:
    made, found = _movements(trade), [_movement(entry) for entry in entries]
    if sorted(made) != sorted(found):
        yield _about_trade(trade, f"it moves {_shown(made)}; the ledger has {_shown(found)} of its order")


def _of_past_trades(trades: Sequence[Trade], entries: Sequence[LedgerEntry]) -> Iterable[Disagreement]:
    found = Counter((entry.effective_at, _movement(entry)) for entry in entries)
    for trade in trades:
        wanted: Counter[tuple[datetime, Movement]] = Counter((trade.at, each) for each in _movements(trade))
        if missing := wanted - found:
            yield _about_trade(trade, f"the ledger lacks {_shown([movement for _, movement in missing])}")
        found -= wanted
    for entry in entries:
        key = (entry.effective_at, _movement(entry))
        if entry.transaction_type in OF_TRADES and found[key] > 0:
            found[key] -= 1
            yield _about_entry(entry, f"there is no trade of {entry.effective_at} that moves {_shown([key[1]])}")


def _movements(trade: Trade) -> list[Movement]:
    return [(kind, change) for kind, change, _ in movements_of(trade)]


def _movement(entry: LedgerEntry) -> Movement:
    return entry.transaction_type, entry.change


def _shown(movements: Sequence[Movement]) -> str:
    return ", ".join(f"{kind} {change:+f}" for kind, change in movements) or "nothing"


def claims_have_rows(account: Account) -> Iterable[Disagreement]:
    """Every id that was used up for a movement of cash or a past trade names the row that it made."""
    made = {
        "cash": {entry.ledger_id for entry in _ledger_of(account)},
        "trade": {trade.timestamp for trade in _trades_of(account)},
    }
    for item in account.of(IDEMPOTENCY):
        kind = kind_of(item)
        if kind in made and reference_of(item) not in made[kind]:
            row = f"Idempotency {item['key']}"
            yield Disagreement(account.username, row, f"what it names is not there: {reference_of(item)}")


def _balance_of(account: Account) -> Balance | None:
    """The cash, if there is a row of it."""
    rows = [balance_from_item(item) for item in account.of(PORTFOLIOS) if item["entry"] == BALANCE]
    return rows[0] if rows else None


def _ledger_of(account: Account) -> list[LedgerEntry]:
    """Ledger rows in the order in which they were booked."""
    return [entry_from_item(item) for item in account.of(PORTFOLIOS) if item["entry"].startswith(LEDGER)]


def _holdings_of(account: Account) -> list[Holding]:
    """Holdings, those of which nothing is left too."""
    return [holding_from_item(item) for item in account.of(PORTFOLIOS) if item["entry"].startswith(HOLDING)]


def _trades_of(account: Account) -> list[Trade]:
    """Executed trades in the order of time."""
    return [trade_from_item(item) for item in account.of(TRANSACTIONS)]


def _orders_of(account: Account) -> list[Order]:
    """Orders, oldest first."""
    return [order_from_item(item) for item in account.of(ORDERS)]


def _holding_row(asset_id: str) -> str:
    return f"{PORTFOLIOS.name} {HOLDING}{asset_id}"


def _about_entry(entry: LedgerEntry, detail: str) -> Disagreement:
    return Disagreement(entry.username, f"{PORTFOLIOS.name} {LEDGER}{entry.ledger_id}", detail)


def _about_trade(trade: Trade, detail: str) -> Disagreement:
    return Disagreement(trade.username, f"{TRANSACTIONS.name} {trade.timestamp}", detail)


def _about_order(order: Order, detail: str) -> Disagreement:
    return Disagreement(order.username, f"{ORDERS.name} {order.order_id}", detail)


RULES = (
    ledger_chains,
    balance_is_sum_of_ledger,
    holdings_follow_from_trades,
    orders_have_trades,
    trades_have_ledger_rows,
    claims_have_rows,
)
