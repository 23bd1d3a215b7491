"""Estimates from spending, to figures worked out by hand from the published factors and rates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carbon.data.spend_book import spend_book
from carbon.domain.spend import Spending
from core.ids import new_id

A_DAY = date(2026, 11, 20)
SPENDING = Spending(new_id(), A_DAY, "Food & Dining", Decimal("100.00"), "gbp")


@pytest.mark.parametrize(
    ("category", "amount", "currency", "kg"),
    [
        # 100 GBP, no VAT on food: 100 * 0.597304
        ("Food & Dining", "100.00", "gbp", "59.730400"),
        # 120 GBP with VAT of 20 % are 100 GBP without: 100 * 0.67801
        ("Shopping", "120.00", "gbp", "67.801000"),
        # 105 GBP with VAT of 5 % are 100 GBP without: 100 * 1.17676
        ("Utilities", "105.00", "gbp", "117.676000"),
        # 108.13 USD are 100 EUR, which are 86.979 GBP: 86.979 * 0.574881
        ("Transportation", "108.13", "usd", "50.002574"),
        # 50 EUR are 43.4895 GBP, less VAT of 20 % 36.24125: * 0.289716
        ("Travel", "50.00", "eur", "10.499670"),
        # 15,199.03 JPY are 100 EUR, 86.979 GBP: 86.979 * 0.176763
        ("Housing", "15199.03", "jpy", "15.374669"),
    ],
)
def test_kg_are_pounds_without_tax_times_the_factor(category: str, amount: str, currency: str, kg: str) -> None:
    spending = replace(SPENDING, category=category, amount=Decimal(amount), currency=currency)
    estimate = spend_book().estimate_of(spending)
    assert estimate is not None
    assert estimate.kg == Decimal(kg)
    assert estimate.amount * estimate.factor.kg_direct == pytest.approx(estimate.kg, abs=Decimal("0.00001"))


def test_it_says_from_what_it_was_made() -> None:
    estimate = spend_book().estimate_of(replace(SPENDING, category="Shopping", amount=Decimal("120.00")))
    assert estimate is not None
    assert (estimate.expense_id, estimate.day, estimate.category) == (SPENDING.expense_id, A_DAY, "shopping")
    assert (estimate.amount, estimate.unit) == (Decimal("100.000000"), "gbp_2023")
    assert "2023 prices and rates, VAT of 20 % removed" in estimate.factor.note
    assert "SIC 32" in estimate.factor.source


@pytest.mark.parametrize("category", ["Other", "Pets", "food & dining", ""])
def test_a_category_that_does_not_say_what_was_bought_has_none(category: str) -> None:
    assert spend_book().estimate_of(replace(SPENDING, category=category)) is None


def test_a_refund_has_none() -> None:
    assert spend_book().estimate_of(replace(SPENDING, amount=Decimal("-12.00"))) is None


def test_an_unknown_currency_has_none() -> None:
    assert spend_book().estimate_of(replace(SPENDING, currency="xau")) is None


def test_every_home_currency_has_a_rate() -> None:
    assert set(spend_book().per_euro) == {"usd", "eur", "gbp", "jpy", "cad", "aud", "chf", "cny", "inr", "krw"}
    assert all(rate > 0 for rate in spend_book().per_euro.values())


@pytest.mark.parametrize(
    ("currency", "per_dollar"),
    [
        ("aud", "1.506"),
        ("cad", "1.350"),
        ("cny", "7.075"),
        ("eur", "0.924"),
        ("inr", "82.572"),
        ("jpy", "140.511"),
    ],
)
def test_rates_agree_with_those_of_another_publisher(currency: str, per_dollar: str) -> None:
    """Yearly average rates of 2023 of the United States' Internal Revenue Service; each averages other hours."""
    per_euro = spend_book().per_euro
    ours = per_euro[currency] / per_euro["usd"]
    assert abs(ours / Decimal(per_dollar) - 1) < Decimal("0.002")
