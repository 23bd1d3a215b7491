"""Market orders: what they move, what they leave behind, and what they cost the store."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django.fixtures import Settings

from core import clock
from core.events import shard_of
from core.storage import KeyCondition, Put, Query, Write, measured, store
from core.tables import IDEMPOTENCY, OUTBOX
from portfolio import selectors, services
from portfolio.domain.orders import Order, OrderDraft
from portfolio.domain.quoted import Quote
from portfolio.repositories.orders import order_put
from portfolio.tables import ORDERS, PORTFOLIOS
from tests.portfolio.builders import (
    a_coin,
    an_account,
    an_id,
    an_order,
    bought,
    cash_of,
    check_adds_up,
    filled,
    quantity_of,
    recorded,
    sold,
)


def test_a_purchase_by_quantity_takes_cash_and_gives_the_asset() -> None:
    alice = an_account()
    a_coin(price="100.01")
    order = bought(alice, quantity="0.5")
    assert (order.status, order.side, filled(order).amount) == ("filled", "buy", Decimal("50.01"))
    assert (cash_of(alice), quantity_of(alice)) == (Decimal("9949.99"), Decimal("0.5"))
    check_adds_up(alice)


def test_a_purchase_by_amount_takes_exactly_that() -> None:
    alice = an_account()
    a_coin(price="30000")
    order = bought(alice, amount="100")
    assert filled(order).quantity == Decimal("0.00333333")
    assert cash_of(alice) == Decimal("9900")
    check_adds_up(alice)


def test_a_sale_pays_the_proceeds_cut_to_the_cent() -> None:
    alice = an_account()
    a_coin(price="100.01")
    bought(alice, quantity="1")
    order = sold(alice, quantity="0.5")
    assert filled(order).amount == Decimal("50.00")
    assert (cash_of(alice), quantity_of(alice)) == (Decimal("9949.99"), Decimal("0.5"))
    check_adds_up(alice)


def test_buying_what_was_sold_and_selling_everything_leaves_no_cost_behind() -> None:
    alice = an_account()
    a_coin(price="33.33")
    bought(alice, quantity="3")
    for _ in range(3):
        sold(alice, quantity="1")
    view = selectors.portfolio_of(alice)
    assert (view.holdings, view.totals.invested, view.totals.realized) == ((), Decimal(0), Decimal(0))
    check_adds_up(alice)


def test_the_fee_is_a_ledger_row_of_its_own(settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = Decimal(25)
    alice = an_account()
    a_coin(price="100")
    order = bought(alice, quantity="2")
    fee, payment, opening = selectors.ledger_all(alice.username)
    assert filled(order).fee == Decimal("0.50")
    assert [(each.transaction_type, each.change) for each in (opening, payment, fee)] == [
        ("SYSTEM_ADJUSTMENT", Decimal("10000")),
        ("ORDER_PAYMENT", Decimal("-200")),
        ("ORDER_FEE", Decimal("-0.50")),
    ]
    assert payment.order_id == fee.order_id == order.order_id
    check_adds_up(alice)


def test_an_order_is_two_requests() -> None:
    alice = an_account()
    a_coin()
    with measured() as first:
        bought(alice, quantity="1")
    with measured() as second:
        sold(alice, quantity="1")
    assert (first.requests, second.requests) == (2, 2)


def test_a_preview_is_one_request_and_changes_nothing() -> None:
    alice = an_account()
    a_coin()
    with measured() as usage:
        preview = services.order_preview(alice, an_order(amount="250"))
    assert usage.requests == 1
    assert (preview.cash_after, preview.quantity_after) == (Decimal("9750"), Decimal("2.5"))
    assert cash_of(alice) == Decimal("10000")


def test_the_gain_of_a_sale_is_what_its_preview_said(settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = Decimal(10)
    alice = an_account()
    a_coin(price="100", age=timedelta(minutes=2))
    bought(alice, quantity="3")
    a_coin(price="120")
    preview = services.order_preview(alice, an_order("sell", quantity="1.5"))
    gain = selectors.gain_of(alice, sold(alice, quantity="1.5"))
    assert preview.refusal is None
    assert gain == preview.gain
    assert gain is not None
    assert gain.realized == Decimal("180") - Decimal("0.18") - Decimal("150.15")


def test_a_purchase_has_no_gain() -> None:
    alice = an_account()
    a_coin()
    assert selectors.gain_of(alice, bought(alice, quantity="1")) is None


def test_every_order_writes_one_event_with_what_happened() -> None:
    alice = an_account()
    a_coin()
    order = bought(alice, quantity="2")
    page = store().query(Query(OUTBOX, KeyCondition("shard").eq(shard_of("alice"))))
    (event,) = [item for item in page.items if item.get("name") == "portfolio.order_filled"]
    assert event["payload"] == {
        "order_id": order.order_id,
        "side": "buy",
        "asset_id": "bitcoin",
        "symbol": "BTC",
        "quantity": Decimal(2),
        "price": Decimal(100),
        "amount": Decimal(200),
    }


def test_writes_of_the_caller_join_the_transaction_and_it_stays_within_ten(settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = Decimal(10)
    alice = an_account()
    a_coin()
    also: list[Write] = [Put(IDEMPOTENCY, {"username": "alice", "key": f"key-{number}"}) for number in range(2)]
    with measured() as usage:
        services.order_place(alice, order_id=an_id(), draft=an_order(quantity="1"), also=also)
    assert usage.requests == 2
    assert store().get(IDEMPOTENCY, {"username": "alice", "key": "key-1"}) is not None


def test_a_fill_comes_after_every_trade_recorded_before_it() -> None:
    alice = an_account()
    a_coin()
    past = recorded(alice, "buy", "1", "90", clock.now())
    order = bought(alice, quantity="1")
    assert order.created_at > past.at
    check_adds_up(alice)


def test_the_order_keeps_price_time_and_source() -> None:
    alice = an_account()
    coin = a_coin(price="123.45", age=timedelta(minutes=3))
    order = selectors.order_get(alice.username, bought(alice, quantity="1").order_id)
    assert coin.price_at is not None
    assert order.quote == Quote(Decimal("123.45"), coin.price_at, coin.source)


@pytest.mark.parametrize("draft", [an_order(quantity="1.5"), an_order("sell", amount="20.50")])
def test_an_order_without_a_fill_is_read_as_it_was_written(draft: OrderDraft) -> None:
    at = clock.now()
    held = Decimal("20.50")
    order = Order("alice", an_id(), draft, "BTC", "open", held, fill=None, quote=None, created_at=at, updated_at=at)
    store().transact_write([order_put(order)])
    assert selectors.order_get("alice", order.order_id) == order
    assert order.filled_quantity == 0


@pytest.mark.every_backend
def test_an_order_is_the_same_on_every_store() -> None:
    alice = an_account()
    a_coin(price="100.01")
    order = bought(alice, amount="250")
    sold(alice, quantity="1.25")
    assert selectors.order_get(alice.username, order.order_id) == order
    check_adds_up(alice)


def test_only_holdings_are_in_the_asset_index_and_no_filled_order_in_those_of_open_ones() -> None:
    alice = an_account()
    a_coin()
    bought(alice, quantity="1")
    holders = store().query(Query(PORTFOLIOS, KeyCondition("asset_id").eq("bitcoin"), index="AssetIndex"))
    opened = store().query(Query(ORDERS, KeyCondition("open_for").eq("alice"), index="OpenIndex"))
    assert [item["entry"] for item in holders.items] == ["ASSET#bitcoin"]
    assert opened.items == ()
