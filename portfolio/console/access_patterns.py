"""What the staff area asks of the tables of holdings and trades."""

from core.access_patterns import AccessPattern
from portfolio.tables import PORTFOLIOS, TRANSACTIONS

TESTS = "tests/console/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        PORTFOLIOS,
        "who holds an asset",
        "Query AssetIndex",
        "portfolio.repositories.holdings.holders_query",
        f"{TESTS}::test_portfolios_holders_of_an_asset",
    ),
    AccessPattern(
        TRANSACTIONS,
        "everyone's newest trades, by day",
        "Query FeedIndex",
        "portfolio.repositories.transactions.day_query",
        f"{TESTS}::test_transactions_everyones_newest_by_day",
    ),
)
