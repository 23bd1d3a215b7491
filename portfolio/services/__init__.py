"""Writes of the portfolio: orders, cash, past trades, and what a new account starts with.

Each change is one transaction. A repeated client id returns what it made the first time; with another body it raises
Refused `idempotency_mismatch`. Lost races are tried again, then raise StoreUnavailable; the same call may be repeated
under the same id, also where its `outcome_unknown` says that it may have been done. `also` are writes of the caller
that join the transaction; where one of them fails, TransactionCancelled comes through unchanged.
"""

from portfolio.services.cash import deposit, opening_writes, withdraw
from portfolio.services.orders import order_place, order_preview
from portfolio.services.trades import trade_record

__all__ = ["deposit", "opening_writes", "order_place", "order_preview", "trade_record", "withdraw"]
