"""A store that does not answer: the request fails, and the same one repeated is done exactly once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.storage import Store, StoreUnavailable, using
from portfolio import selectors, services
from tests.portfolio.builders import (
    a_coin,
    an_account,
    an_id,
    an_order,
    cash_of,
    check_adds_up,
    paid_in,
    quantity_of,
    recorded,
)
from tests.portfolio.outages import FailingOnce, Moment

MOMENTS: tuple[Moment, ...] = ("before", "after")


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_order_repeated_after_an_outage_is_one_order(store: Store, moment: Moment) -> None:
    alice, order_id = an_account(), an_id()
    a_coin()

    def place() -> None:
        services.order_place(alice, order_id=order_id, draft=an_order(quantity="1"))

    with using(FailingOnce(store, moment)):
        with pytest.raises(StoreUnavailable):
            place()
        place()
    assert (cash_of(alice), quantity_of(alice)) == (Decimal(9900), Decimal(1))
    assert len(selectors.orders_newest("alice", 10).items) == 1
    check_adds_up(alice)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_deposit_repeated_after_an_outage_is_one_deposit(store: Store, moment: Moment) -> None:
    alice, identifier = an_account(), an_id()

    def pay_in() -> None:
        paid_in(alice, "50", client_id=identifier)

    with using(FailingOnce(store, moment)):
        with pytest.raises(StoreUnavailable):
            pay_in()
        pay_in()
    assert cash_of(alice) == Decimal(10050)
    check_adds_up(alice)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_trade_recorded_again_after_an_outage_is_one_trade(store: Store, moment: Moment) -> None:
    alice, identifier = an_account(), an_id()
    a_coin()

    def record() -> None:
        recorded(alice, "buy", "1", "90", datetime(2025, 1, 1, tzinfo=UTC), trade_id=identifier)

    with using(FailingOnce(store, moment)):
        with pytest.raises(StoreUnavailable):
            record()
        record()
    assert quantity_of(alice) == Decimal(1)
    check_adds_up(alice)
