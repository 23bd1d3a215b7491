"""Rules by which cash, holdings, trades and orders agree."""

from portfolio.reconciling.cash import balance_is_sum_of_ledger, ledger_chains
from portfolio.reconciling.claims import claims_have_rows
from portfolio.reconciling.holdings import holdings_follow_from_trades
from portfolio.reconciling.orders import orders_have_trades, trades_have_ledger_rows

RULES = (
    ledger_chains,
    balance_is_sum_of_ledger,
    holdings_follow_from_trades,
    orders_have_trades,
    trades_have_ledger_rows,
    claims_have_rows,
)

__all__ = ["RULES"]
