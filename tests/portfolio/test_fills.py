"""What a trade comes to, to the cent and to the eighth place."""

from decimal import Decimal

import pytest

from core.errors import InvalidInput, Refused
from portfolio.domain.fills import Fill, Side, Size, amount_of, checked_bounds, fill_at
from portfolio.domain.input_errors import fee_errors, money_errors
from portfolio.domain.order_types import ORDER_TYPES
from portfolio.domain.orders import OrderDraft

NO_FEE = Decimal(0)
LEAST, MOST = Decimal(1), Decimal(10_000)


def size_of(quantity: Decimal | None, amount: Decimal | None) -> Size:
    """The size of an order that names these."""
    draft = OrderDraft("buy", "bitcoin", quantity, amount)
    draft.check(types=ORDER_TYPES)
    return draft.size


@pytest.mark.parametrize(
    ("side", "quantity", "price", "amount"),
    [
        ("buy", "0.5", "100.01", "50.01"),
        ("buy", "0.5", "100.03", "50.02"),
        ("sell", "0.5", "100.01", "50.00"),
        ("sell", "0.5", "100.03", "50.01"),
        ("buy", "0.00000001", "50000", "0.00"),
        ("sell", "12000000", "0.000023", "276.00"),
    ],
)
def test_by_quantity_a_buyer_pays_half_up_and_a_seller_receives_cut(
    side: Side, quantity: str, price: str, amount: str
) -> None:
    fill = fill_at(side, Size("quantity", Decimal(quantity)), Decimal(price), NO_FEE)
    assert (fill.quantity, fill.amount, fill.fee) == (Decimal(quantity), Decimal(amount), NO_FEE)


@pytest.mark.parametrize("side", ["buy", "sell"])
def test_by_amount_exactly_that_amount_moves_and_the_quantity_is_cut(side: Side) -> None:
    fill = fill_at(side, Size("amount", Decimal("100")), Decimal("30000"), NO_FEE)
    assert (fill.amount, fill.quantity) == (Decimal("100"), Decimal("0.00333333"))


def test_the_fee_is_a_share_of_the_amount_beside_it() -> None:
    bought = fill_at("buy", Size("amount", Decimal("33.33")), Decimal("10"), Decimal(25))
    sold = fill_at("sell", Size("amount", Decimal("33.33")), Decimal("10"), Decimal(25))
    assert bought.fee == Decimal("0.08")
    assert (bought.total, sold.total) == (Decimal("33.41"), Decimal("33.25"))


def test_exactly_one_of_quantity_and_amount_is_the_size() -> None:
    assert size_of(Decimal(2), None) == Size("quantity", Decimal(2))
    assert size_of(None, Decimal(2)) == Size("amount", Decimal(2))
    with pytest.raises(InvalidInput) as both:
        size_of(Decimal(2), Decimal(2))
    with pytest.raises(InvalidInput) as none:
        size_of(None, None)
    assert list(both.value.errors) == ["amount"]
    assert list(none.value.errors) == ["quantity"]


@pytest.mark.parametrize("bad", ["NaN", "sNaN", "Infinity", "-1", "0", "0.000000001", "1e400", "1e16", "9" * 40])
def test_a_quantity_out_of_bounds_names_the_field(bad: str) -> None:
    with pytest.raises(InvalidInput) as error:
        size_of(Decimal(bad), None)
    assert list(error.value.errors) == ["quantity"]


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-0.01", "0", "0.001", "1e13", "1.00" + "0" * 30])
def test_an_amount_out_of_bounds_names_the_field(bad: str) -> None:
    with pytest.raises(InvalidInput) as error:
        size_of(None, Decimal(bad))
    assert list(error.value.errors) == ["amount"]


def test_a_fee_may_be_zero_and_an_amount_may_not() -> None:
    assert list(fee_errors(Decimal("0.00"))) == []
    assert [field for field, _ in money_errors(Decimal("0.00"), "amount")] == ["amount"]


@pytest.mark.parametrize("bad", ["NaN", "sNaN", "Infinity", "-0.01", "0.001", "1e13"])
def test_a_fee_out_of_bounds_names_the_field(bad: str) -> None:
    assert [field for field, _ in fee_errors(Decimal(bad))] == ["fee"]


def test_a_trade_beyond_reckoning_is_an_error_of_the_quantity() -> None:
    with pytest.raises(InvalidInput) as error:
        amount_of("buy", Decimal("1e15"), Decimal("1e12"))
    assert list(error.value.errors) == ["quantity"]


@pytest.mark.parametrize(
    ("amount", "sells_all", "code"),
    [
        ("0.99", False, "order_too_small"),
        ("0.00", True, "order_too_small"),
        ("10000.01", False, "order_too_large"),
        ("10000.01", True, "order_too_large"),
    ],
)
def test_an_order_outside_the_bounds_is_refused(amount: str, sells_all: bool, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_bounds(_sale(amount), least=LEAST, most=MOST, sells_all=sells_all)
    assert refused.value.code == code


@pytest.mark.parametrize(("amount", "sells_all"), [("1", False), ("10000", False), ("0.01", True)])
def test_an_order_within_the_bounds_or_of_all_that_is_left_passes(amount: str, sells_all: bool) -> None:
    assert checked_bounds(_sale(amount), least=LEAST, most=MOST, sells_all=sells_all) == _sale(amount)


def test_an_amount_that_buys_less_than_the_smallest_unit_is_too_small() -> None:
    fill = fill_at("buy", Size("amount", Decimal("1")), Decimal("1e9"), NO_FEE)
    with pytest.raises(Refused) as refused:
        checked_bounds(fill, least=LEAST, most=MOST, sells_all=False)
    assert fill.quantity == 0
    assert refused.value.code == "order_too_small"


def _sale(amount: str) -> Fill:
    return Fill("sell", Decimal(1), Decimal(amount), Decimal(amount), Decimal(0))
