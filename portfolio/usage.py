"""What of the portfolio counts towards the quotas: trades, orders and movements of cash, one row each."""

from core.storage import Key
from core.usage.measures import NOTHING, ONE_ROW, Measure, rows_of
from core.usage.use import Use
from portfolio.repositories.cash import LEDGER
from portfolio.tables import ORDERS, PORTFOLIOS, TRANSACTIONS


def _of_entry(key: Key) -> Use:
    """The balance and the holdings are as many as there are assets, and count nothing."""
    return ONE_ROW if key["entry"].startswith(LEDGER) else NOTHING


MEASURES = (rows_of(TRANSACTIONS), rows_of(ORDERS), Measure(PORTFOLIOS, _of_entry, _of_entry))
