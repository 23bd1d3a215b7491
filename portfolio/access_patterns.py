"""What is asked of the tables of cash, holdings, trades and orders."""

from core.access_patterns import AccessPattern
from portfolio.tables import ORDERS, PORTFOLIOS, TRANSACTIONS

REPOSITORIES = "portfolio.repositories"
TESTS = "tests/portfolio/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        PORTFOLIOS,
        "the whole portfolio, cash and every holding",
        "Query",
        f"{REPOSITORIES}.holdings.portfolio_query",
        f"{TESTS}::test_portfolios_whole",
    ),
    AccessPattern(
        PORTFOLIOS,
        "one holding",
        "GetItem",
        f"{REPOSITORIES}.holdings.holding_address",
        f"{TESTS}::test_portfolios_one_asset",
    ),
    AccessPattern(
        PORTFOLIOS,
        "the balance",
        "GetItem",
        f"{REPOSITORIES}.cash.balance_address",
        f"{TESTS}::test_portfolios_balance",
    ),
    AccessPattern(
        PORTFOLIOS,
        "the ledger, newest first, also of some days",
        "Query",
        f"{REPOSITORIES}.cash.ledger_query",
        f"{TESTS}::test_portfolios_ledger_newest_first",
    ),
    AccessPattern(
        PORTFOLIOS,
        "one row of the ledger",
        "GetItem",
        f"{REPOSITORIES}.cash.entry_address",
        f"{TESTS}::test_portfolios_one_ledger_row",
    ),
    AccessPattern(
        TRANSACTIONS,
        "all trades of a user",
        "Query",
        "portfolio.selectors.transactions_all",
        f"{TESTS}::test_transactions_all",
    ),
    AccessPattern(
        TRANSACTIONS,
        "the newest trades",
        "Query",
        f"{REPOSITORIES}.transactions.transactions_query",
        f"{TESTS}::test_transactions_newest",
    ),
    AccessPattern(
        TRANSACTIONS,
        "trades from one day to another",
        "Query",
        f"{REPOSITORIES}.transactions.transactions_query",
        f"{TESTS}::test_transactions_date_range",
    ),
    AccessPattern(
        TRANSACTIONS,
        "trades of one asset",
        "Query AssetTransactionsIndex",
        f"{REPOSITORIES}.transactions.transactions_query",
        f"{TESTS}::test_transactions_of_an_asset",
    ),
    AccessPattern(
        TRANSACTIONS,
        "one trade",
        "GetItem",
        f"{REPOSITORIES}.transactions.transaction_address",
        f"{TESTS}::test_transactions_one",
    ),
    AccessPattern(ORDERS, "one order", "GetItem", f"{REPOSITORIES}.orders.order_address", f"{TESTS}::test_orders_one"),
    AccessPattern(
        ORDERS, "the newest orders", "Query", f"{REPOSITORIES}.orders.orders_query", f"{TESTS}::test_orders_newest"
    ),
    AccessPattern(
        ORDERS,
        "orders of one asset",
        "Query AssetOrdersIndex",
        f"{REPOSITORIES}.orders.orders_query",
        f"{TESTS}::test_orders_of_an_asset",
    ),
    AccessPattern(
        ORDERS,
        "open orders of a user",
        "Query OpenIndex",
        f"{REPOSITORIES}.orders.open_query",
        f"{TESTS}::test_orders_open",
    ),
    AccessPattern(
        ORDERS,
        "open orders that a price move touches",
        "Query TriggerIndex",
        f"{REPOSITORIES}.orders.armed_query",
        f"{TESTS}::test_orders_that_a_price_move_touches",
    ),
)
