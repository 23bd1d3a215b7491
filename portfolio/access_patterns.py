"""What is asked of the tables of cash, holdings, trades and orders."""

from core.access_patterns import patterns
from portfolio.tables import ORDERS, PORTFOLIOS, TRANSACTIONS

TESTS = "tests/portfolio/test_access_patterns.py"

_portfolios = patterns(PORTFOLIOS, "portfolio.repositories", TESTS)
_trades = patterns(TRANSACTIONS, "portfolio.repositories.trades", TESTS)
_orders = patterns(ORDERS, "portfolio.repositories.orders", TESTS)

ACCESS_PATTERNS = (
    _portfolios(
        "the whole portfolio, cash and every holding", "Query", "holdings.portfolio_query", "test_portfolios_whole"
    ),
    _portfolios("one holding", "GetItem", "holdings.holding_address", "test_portfolios_one_asset"),
    _portfolios("the balance", "GetItem", "cash.balance_address", "test_portfolios_balance"),
    _portfolios(
        "the ledger, newest first, also of some days",
        "Query",
        "cash.ledger_query",
        "test_portfolios_ledger_newest_first",
    ),
    _portfolios("one row of the ledger", "GetItem", "cash.entry_address", "test_portfolios_one_ledger_row"),
    _trades("all trades of a user", "Query", "trades_query", "test_trades_all"),
    _trades("the newest trades", "Query", "trades_query", "test_trades_newest"),
    _trades("trades from one day to another", "Query", "trades_query", "test_trades_date_range"),
    _trades("trades of one asset", "Query AssetTransactionsIndex", "trades_query", "test_trades_of_an_asset"),
    _trades("one trade", "GetItem", "trade_address", "test_trades_one"),
    _orders("one order", "GetItem", "order_address", "test_orders_one"),
    _orders("the newest orders", "Query", "orders_query", "test_orders_newest"),
    _orders("orders of one asset", "Query AssetOrdersIndex", "orders_query", "test_orders_of_an_asset"),
    _orders("open orders of a user", "Query OpenIndex", "open_query", "test_orders_open"),
    _orders(
        "open orders that a price move touches",
        "Query TriggerIndex",
        "armed_query",
        "test_orders_that_a_price_move_touches",
    ),
)
