"""Figures are written grouped, signed and exact; what is missing is never written as zero."""

from decimal import Decimal

import pytest

from core.money import Money
from core.presentation import numbers
from core.templatetags import cryptopulse as tags


@pytest.mark.parametrize(
    ("value", "text"),
    [("1234.5", "1,234.50"), ("0.005", "0.01"), ("-0.004", "0.00"), ("-1234.567", "−1,234.57"), ("0", "0.00")],
)
def test_money_is_grouped_and_rounded_half_up_to_the_cent(value: str, text: str) -> None:
    assert numbers.money(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "currency", "with_code", "with_sign"),
    [
        ("1234.5", "eur", "1,234.50 EUR", "€1,234.50"),
        ("-0.07", "usd", "−0.07 USD", "−$0.07"),
        ("-0.004", "chf", "0.00 CHF", "CHF\u00a00.00"),
    ],
)
def test_an_amount_is_written_with_its_currency(value: str, currency: str, with_code: str, with_sign: str) -> None:
    amount = Money(Decimal(value), currency)
    assert (numbers.amount(amount), numbers.with_sign(amount)) == (with_code, with_sign)


def test_the_big_figure_has_its_cents_apart() -> None:
    assert tags.big_money(Money(Decimal("-1234.5"), "gbp")) == {"whole": "−£1,234", "cents": "50"}
    assert tags.big_money(None) == {"whole": None}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("83642.1", "83,642.10"),
        ("1", "1.00"),
        ("0.5", "0.5000"),
        ("0.0721349", "0.07213"),
        ("0.00001234567", "0.00001235"),
        ("0", "0.00"),
    ],
)
def test_price_keeps_four_significant_digits_below_one(value: str, text: str) -> None:
    assert numbers.price(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.50000000", "0.5"), ("1200", "1,200"), ("0.00000001", "0.00000001"), ("10.10", "10.1"), ("0", "0")],
)
def test_quantity_has_no_trailing_zeros(value: str, text: str) -> None:
    assert numbers.quantity(Decimal(value)) == text


def test_percent_counts_in_percent() -> None:
    assert numbers.percent(Decimal("1.5")) == "1.50\u00a0%"
    assert numbers.percent(Decimal("-12.345"), 1) == "−12.3\u00a0%"


@pytest.mark.parametrize("of", [tags.money, tags.price, tags.quantity, tags.percent, tags.moment, tags.ago])
def test_missing_is_a_dash_with_words_for_screen_readers(of: object) -> None:
    assert callable(of)
    text = of(None)
    assert "–" in text
    assert "not known" in text
    assert "0" not in text


def test_money_and_quantity_can_be_hidden_and_prices_cannot() -> None:
    assert tags.money(Decimal(5)) == '<span class="amount">5.00</span>'
    assert tags.quantity(Decimal(5)) == '<span class="amount">5</span>'
    assert "amount" not in tags.price(Decimal(5))


def test_a_movement_has_a_sign_and_no_colour() -> None:
    assert tags.signed_money(Decimal(5)) == '<span class="amount">+5.00</span>'
    assert tags.signed_money(Decimal(-5)) == '<span class="amount">−5.00</span>'


def test_change_says_its_direction_by_sign_icon_and_class() -> None:
    gain, loss = tags.change(Decimal(3), Decimal("1.5")), tags.change(None, Decimal(-2))
    assert gain.startswith('<span class="up"><svg')
    assert '<span class="amount">+3.00</span> (+1.50\u00a0%)' in gain
    assert loss.startswith('<span class="down"><svg')
    assert "−2.00\u00a0%" in loss


def test_no_change_is_neither_gain_nor_loss() -> None:
    for tiny in (Decimal(0), Decimal("0.004"), Decimal("-0.004")):
        assert tags.change(None, tiny) == '<span class="flat">0.00\u00a0%</span>'
