"""Orders that the rules refuse: each says why and changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from pytest_django.fixtures import Settings

from core import clock
from core.accounts.domain import User
from core.errors import InvalidInput, Refused
from core.storage import measured
from portfolio import selectors, services
from tests.market.builders import an_asset
from tests.portfolio.builders import (
    a_coin,
    a_withdrawn_coin,
    an_account,
    an_id,
    an_order,
    bought,
    check_adds_up,
    filled,
    quantity_of,
    sold,
    taken_out,
)


@contextmanager
def refused(code: str, user: User) -> Iterator[None]:
    """Refused with this code, in one request, and nothing changed."""
    before = selectors.portfolio_of(user), selectors.ledger_all(user.username)
    with measured() as usage, pytest.raises(Refused) as error:
        yield
    assert (error.value.code, usage.requests) == (code, 1)
    assert (selectors.portfolio_of(user), selectors.ledger_all(user.username)) == before


@pytest.fixture
def alice() -> Iterator[User]:
    """Time stands still, so that an unchanged account looks the same."""
    with time_machine.travel(clock.now().replace(microsecond=0), tick=False):
        yield an_account()


def test_more_than_the_cash(alice: User) -> None:
    a_coin()
    taken_out(alice, "5000")
    with refused("insufficient_funds", alice):
        bought(alice, amount="5000.01")


def test_the_fee_counts_as_well(alice: User, settings: Settings) -> None:
    a_coin()
    settings.ORDER_FEE_BASIS_POINTS = Decimal(1)
    with refused("insufficient_funds", alice):
        bought(alice, amount="10000")


def test_more_than_is_held(alice: User) -> None:
    a_coin()
    bought(alice, quantity="1")
    with refused("insufficient_holdings", alice):
        sold(alice, quantity="1.00000001")


def test_something_never_held(alice: User) -> None:
    a_coin()
    with refused("insufficient_holdings", alice):
        sold(alice, amount="10")


@pytest.mark.parametrize("order", [bought, sold])
def test_a_price_of_more_than_ten_minutes_ago(alice: User, order: Callable[..., object]) -> None:
    a_coin(age=timedelta(minutes=10, seconds=1))
    with refused("price_stale", alice):
        order(alice, amount="10")


def test_a_price_of_ten_minutes_ago_is_good_enough(alice: User) -> None:
    a_coin(age=timedelta(minutes=10))
    bought(alice, amount="10")
    assert quantity_of(alice) == Decimal("0.1")


def test_an_asset_that_never_had_a_price(alice: User) -> None:
    an_asset("solana")
    with refused("price_stale", alice):
        bought(alice, "solana", amount="10")


def test_an_inactive_asset_cannot_be_bought(alice: User) -> None:
    a_withdrawn_coin("dogecoin")
    with refused("asset_inactive", alice):
        bought(alice, "dogecoin", amount="10")


def test_an_inactive_asset_can_be_sold(alice: User) -> None:
    a_coin("dogecoin", "0.20")
    bought(alice, "dogecoin", quantity="100")
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        a_withdrawn_coin("dogecoin", "0.21")
        order = sold(alice, "dogecoin", quantity="100")
    assert filled(order).amount == Decimal("21.00")
    check_adds_up(alice)


def test_less_than_the_least_order(alice: User) -> None:
    a_coin()
    with refused("order_too_small", alice):
        bought(alice, amount="0.99")


def test_more_than_the_largest_order(alice: User) -> None:
    a_coin()
    with refused("order_too_large", alice):
        bought(alice, amount="10000.01")


def test_a_remainder_below_the_least_order_can_be_sold_whole(alice: User) -> None:
    a_coin()
    bought(alice, quantity="0.015")
    sold(alice, amount="1")
    with refused("order_too_small", alice):
        sold(alice, quantity="0.001")
    assert filled(sold(alice, quantity="0.005")).amount == Decimal("0.50")
    assert quantity_of(alice) == 0


def test_a_preview_says_why_the_order_would_be_refused(alice: User) -> None:
    a_coin()
    preview = services.order_preview(alice, an_order("sell", quantity="3"))
    assert preview.refusal is not None
    assert (preview.refusal.code, preview.gain) == ("insufficient_holdings", None)


def test_there_is_no_preview_without_a_price(alice: User) -> None:
    an_asset("solana")
    with pytest.raises(Refused) as error:
        services.order_preview(alice, an_order(asset_id="solana", quantity="3"))
    assert error.value.code == "price_stale"


@pytest.mark.parametrize("asset_id", ["nothing", "", "two words", "x" * 101, "bitcoin\x00"])
def test_an_unknown_asset_is_an_error_of_the_field(alice: User, asset_id: str) -> None:
    for attempt in (bought, _previewed):
        with pytest.raises(InvalidInput) as error:
            attempt(alice, asset_id, amount="10")
        assert list(error.value.errors) == ["asset_id"]


def test_an_unknown_side_is_an_error_of_the_field(alice: User) -> None:
    with pytest.raises(InvalidInput) as error:
        services.order_place(alice, order_id=an_id(), draft=an_order("hold", amount="10"))  # type: ignore[arg-type]
    assert list(error.value.errors) == ["side"]


def _previewed(user: User, asset_id: str, amount: str) -> None:
    services.order_preview(user, an_order("buy", asset_id, amount=amount))
