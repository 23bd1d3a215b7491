"""Any two numbers: one text for equals, bytes in their order, exact sums."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.storage import InvalidOperation
from core.storage.codec import decode_item, encode_item
from core.storage.numbers import added, canonical, ordered_bytes

storable = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(map(int, str(digits))), exponent)),
    st.integers(0, 1),
    st.integers(0, 10**38 - 1),
    st.integers(-130, 88),
)
thorough = settings(max_examples=500)


@thorough
@given(storable, storable)
def test_bytes_are_in_the_order_of_the_numbers(one: Decimal, other: Decimal) -> None:
    left, right = ordered_bytes(canonical(one)), ordered_bytes(canonical(other))

    assert (left < right) == (one < other)
    assert (left == right) == (one == other)


@thorough
@given(storable, st.integers(0, 20))
def test_equal_numbers_have_one_text_and_it_says_the_number(number: Decimal, zeros: int) -> None:
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    longer = Decimal((sign, digits + (0,) * zeros, exponent - zeros))

    assert canonical(longer) == canonical(number)
    assert Decimal(canonical(number)) == number
    assert decode_item(encode_item({"number": number})) == {"number": number}


@thorough
@given(st.decimals(places=8, min_value=-(10**15), max_value=10**15), st.decimals(places=8, min_value=0, max_value=1))
def test_sums_are_exact(one: Decimal, other: Decimal) -> None:
    assert Decimal(added(canonical(one), canonical(other))) == one + other


def test_a_sum_that_needs_more_digits_is_refused() -> None:
    with pytest.raises(InvalidOperation, match="38 digits"):
        added("1" + "0" * 30, "0.000000001")
    with pytest.raises(InvalidOperation):
        added("9" * 38, "0.1")


def test_digits_are_counted_without_the_zeros_at_the_end() -> None:
    assert added("9" * 38, "1") == "1" + "0" * 38
    assert Decimal(added(canonical(Decimal("-9.99E125")), "0")) == Decimal("-9.99E125")
