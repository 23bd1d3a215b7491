"""Numbers typed into forms: the digits 0 to 9, a point, and nothing that only looks like a number."""

from decimal import Decimal

import pytest
from django import forms

from core import money
from core.forms import DecimalField, NumberField, WholeField

NO_NUMBERS = ["1_000", "１２", "١٢", "1,000", "0x10", "NaN", "Infinity", "one", "1.2.3"]


@pytest.mark.parametrize("typed", NO_NUMBERS)
@pytest.mark.parametrize("field", [NumberField(), DecimalField(), WholeField()])
def test_what_only_looks_like_a_number_is_refused(field: forms.Field, typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        field.clean(typed)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_nor_is_it_read_from_any_other_text(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        money.parse(text)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (NumberField(), " 1250.50 ", Decimal("1250.50")),
        (NumberField(required=False), "", None),
        (DecimalField(max_digits=24, decimal_places=8), "0.00000001", Decimal("0.00000001")),
        (DecimalField(required=False), "", None),
        (WholeField(), " 7 ", 7),
        (WholeField(required=False), "", None),
        (WholeField(), 7, 7),
    ],
)
def test_what_is_one_is_taken(field: forms.Field, typed: object, value: object) -> None:
    assert field.clean(typed) == value


def test_a_long_row_of_digits_costs_no_more_than_its_length() -> None:
    with pytest.raises(ValueError, match="number"):
        money.parse("9" * 1_000_000 + "x")
