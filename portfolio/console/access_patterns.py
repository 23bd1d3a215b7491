"""What the staff area asks of the tables of holdings and trades."""

from core.access_patterns import patterns
from portfolio.tables import PORTFOLIOS, TRANSACTIONS

TESTS = "tests/console/test_access_patterns.py"

_portfolios = patterns(PORTFOLIOS, "portfolio.repositories.holdings", TESTS)
_transactions = patterns(TRANSACTIONS, "portfolio.repositories.trades", TESTS)

ACCESS_PATTERNS = (
    _portfolios("who holds an asset", "Query AssetIndex", "holders_query", "test_portfolios_holders_of_an_asset"),
    _transactions(
        "everyone's newest trades, by day", "Query FeedIndex", "day_query", "test_transactions_everyones_newest_by_day"
    ),
)
