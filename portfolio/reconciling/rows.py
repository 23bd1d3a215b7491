"""An account's rows as values of the domain."""

from core.reconciling.rules import Account, Disagreement
from portfolio.domain.cash import Balance, LedgerEntry
from portfolio.domain.holdings import Holding
from portfolio.domain.orders import Order
from portfolio.domain.trades import Transaction
from portfolio.repositories.cash import BALANCE, LEDGER, balance_from_item, entry_from_item
from portfolio.repositories.holdings import HOLDING, holding_from_item
from portfolio.repositories.orders import order_from_item
from portfolio.repositories.transactions import transaction_from_item
from portfolio.tables import ORDERS, PORTFOLIOS, TRANSACTIONS

BALANCE_ROW = f"Portfolios {BALANCE}"


def balance_of(account: Account) -> Balance | None:
    """The cash, if there is any row of it."""
    rows = [balance_from_item(item) for item in account.of(PORTFOLIOS) if item["entry"] == BALANCE]
    return rows[0] if rows else None


def ledger_of(account: Account) -> list[LedgerEntry]:
    """Ledger rows in the order in which they were booked."""
    return [entry_from_item(item) for item in account.of(PORTFOLIOS) if item["entry"].startswith(LEDGER)]


def holdings_of(account: Account) -> list[Holding]:
    """Holdings, those of which nothing is left too."""
    return [holding_from_item(item) for item in account.of(PORTFOLIOS) if item["entry"].startswith(HOLDING)]


def trades_of(account: Account) -> list[Transaction]:
    """Executed trades in the order of time."""
    return [transaction_from_item(item) for item in account.of(TRANSACTIONS)]


def orders_of(account: Account) -> list[Order]:
    """Orders, oldest first."""
    return [order_from_item(item) for item in account.of(ORDERS)]


def about_balance(account: Account, detail: str) -> Disagreement:
    """A disagreement of the row of the cash."""
    return Disagreement(account.username, BALANCE_ROW, detail)


def about_entry(entry: LedgerEntry, detail: str) -> Disagreement:
    """A disagreement of a ledger row."""
    return Disagreement(entry.username, f"Portfolios {LEDGER}{entry.transaction_id}", detail)


def about_trade(trade: Transaction, detail: str) -> Disagreement:
    """A disagreement of an executed trade."""
    return Disagreement(trade.username, f"Transactions {trade.timestamp}", detail)


def about_order(order: Order, detail: str) -> Disagreement:
    """A disagreement of an order."""
    return Disagreement(order.username, f"Orders {order.order_id}", detail)
