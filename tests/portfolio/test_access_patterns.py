"""Each question to the tables of cash, holdings, trades and orders is one request."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.accounts.domain import User
from core.storage import Update, store
from portfolio import selectors
from portfolio.domain.orders import Order
from portfolio.repositories import cash, holdings, orders, trades
from portfolio.tables import ORDERS
from tests.counting import got, one_request, queried
from tests.portfolio.builders import a_coin, bought, recorded

pytestmark = pytest.mark.every_backend


@pytest.fixture
def placed(alice: User) -> list[Order]:
    """Two orders for bitcoin with one for ethereum between them."""
    a_coin()
    a_coin("ethereum", "10")
    return [bought(alice, quantity="1"), bought(alice, "ethereum", quantity="2"), bought(alice, quantity="3")]


@pytest.mark.usefixtures("placed")
def test_portfolios_whole() -> None:
    page = queried(holdings.portfolio_query("alice"))
    entries = [item["entry"] for item in page.items]
    assert (entries, page.cursor) == (["ASSET#bitcoin", "ASSET#ethereum", "BALANCE"], None)


@pytest.mark.usefixtures("placed")
def test_portfolios_one_asset() -> None:
    item = got(holdings.holding_address("alice", "bitcoin"))
    assert item is not None
    assert holdings.holding_from_item(item).quantity == 4


@pytest.mark.usefixtures("placed")
def test_portfolios_balance() -> None:
    item = got(cash.balance_address("alice"))
    assert item is not None
    assert cash.balance_from_item(item).current_balance == Decimal(10_000 - 4 * 100 - 2 * 10)


@pytest.mark.usefixtures("placed")
def test_portfolios_ledger_newest_first() -> None:
    page = queried(replace(cash.ledger_query("alice"), limit=2))
    assert [cash.entry_from_item(item).amount for item in page.items] == [300, 20]


@pytest.mark.usefixtures("placed")
def test_portfolios_one_ledger_row() -> None:
    newest = cash.entry_from_item(queried(replace(cash.ledger_query("alice"), limit=1)).items[0])
    item = got(cash.entry_address("alice", newest.ledger_id))
    assert item is not None
    assert cash.entry_from_item(item) == newest


def test_trades_all(placed: list[Order]) -> None:
    with one_request():
        found = selectors.trades_all("alice")
    assert [each.order_id for each in found] == [order.order_id for order in reversed(placed)]


def test_trades_newest(placed: list[Order]) -> None:
    page = queried(replace(trades.trades_query("alice"), limit=1))
    assert [item["order_id"] for item in page.items] == [placed[-1].order_id]


def test_trades_date_range(alice: User) -> None:
    a_coin()
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=10)
    for days in range(4):
        recorded(alice, "buy", "1", "100", noon + timedelta(days=days), settlement="outside")
    since, until = (noon + timedelta(days=1)).date(), (noon + timedelta(days=2)).date()
    page = queried(trades.trades_query("alice", since=since, until=until))
    assert [item["day"] for item in page.items] == [until.isoformat(), since.isoformat()]


def test_trades_of_an_asset(placed: list[Order]) -> None:
    page = queried(trades.trades_query("alice", asset_id="bitcoin"))
    assert [item["order_id"] for item in page.items] == [placed[2].order_id, placed[0].order_id]


def test_trades_one(placed: list[Order]) -> None:
    row = queried(replace(trades.trades_query("alice"), limit=1)).items[0]
    item = got(trades.trade_address("alice", row["timestamp"]))
    assert item is not None
    assert item["order_id"] == placed[-1].order_id


def test_orders_one(placed: list[Order]) -> None:
    item = got(orders.order_address("alice", placed[0].order_id))
    assert item is not None
    assert orders.order_from_item(item).order_id == placed[0].order_id


def test_orders_newest(placed: list[Order]) -> None:
    page = queried(replace(orders.orders_query("alice"), limit=2))
    assert [item["order_id"] for item in page.items] == [placed[2].order_id, placed[1].order_id]


def test_orders_of_an_asset(placed: list[Order]) -> None:
    page = queried(orders.orders_query("alice", asset_id="ethereum"))
    assert [item["order_id"] for item in page.items] == [placed[1].order_id]


def test_orders_open(placed: list[Order]) -> None:
    wait_for(placed[1], "bitcoin|low#DN#0", Decimal(90))
    page = queried(orders.open_query("alice"))
    assert [item["order_id"] for item in page.items] == [placed[1].order_id]


def test_orders_that_a_price_move_touches(placed: list[Order]) -> None:
    for order, level in zip(placed, (80, 90, 95), strict=True):
        wait_for(order, "bitcoin|low#DN#0", Decimal(level))
    page = queried(orders.armed_query("bitcoin|low#DN#0", Decimal(85), Decimal(100), descending=True))
    assert [item["order_id"] for item in page.items] == [placed[2].order_id, placed[1].order_id]


def wait_for(order: Order, arm: str, level: Decimal) -> None:
    """Give an order's row what an open one has, which waits for a price."""
    key = {"username": order.username, "order_id": order.order_id}
    store().update(ORDERS, key, Update(set={"open_for": order.username, "arm": arm, "threshold": level}))
