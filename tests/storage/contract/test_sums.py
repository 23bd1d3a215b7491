"""Adding to numbers is exact to the last of 38 digits, and refused where it could not be."""

from decimal import Decimal

import pytest

from core.storage import Change, InvalidOperation, Store, Update
from tests.storage.tables import NAMES

KEY = {"name": "a"}

SUMS = {
    "fractions": ("0.1", "0.2", "0.3"),
    "to zero": ("1.5", "-1.5", "0"),
    "38 digits": ("99999999999999999999999999999999999998", "1", "9" * 38),
    "38 digits behind the point": (
        "0.12345678901234567890123456789012345678",
        "0.1",
        "0.22345678901234567890123456789012345678",
    ),
    "far apart": ("1E30", "0.0000001", "1000000000000000000000000000000.0000001"),
    "carried": ("9999999999.99999999", "0.00000001", "10000000000"),
    "large": ("9E125", "0.9E125", "9.9E125"),
    "small": ("1E-130", "1E-130", "2E-130"),
    "negative": ("-0.00000001", "-99999999", "-99999999.00000001"),
}


@pytest.mark.parametrize(("before", "amount", "after"), SUMS.values(), ids=SUMS)
def test_a_sum_is_exact(items: Store, before: str, amount: str, after: str) -> None:
    items.put(NAMES, {**KEY, "number": Decimal(before)})

    updated = items.update(NAMES, KEY, Update(add={"number": Decimal(amount)}))

    assert updated["number"] == Decimal(after)
    assert items.get(NAMES, KEY) == {**KEY, "number": Decimal(after)}


TOO_MUCH = {
    "39 digits": ("1E30", "0.00000001" + "1"),
    "too large": ("9E125", "9E125"),
}


@pytest.mark.parametrize(("before", "amount"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_sum_that_cannot_be_held_changes_nothing(items: Store, before: str, amount: str) -> None:
    items.put(NAMES, {**KEY, "number": Decimal(before)})

    with pytest.raises(InvalidOperation):
        items.update(NAMES, KEY, Update(add={"number": Decimal(amount)}))
    with pytest.raises(InvalidOperation):
        items.transact_write([Change(NAMES, KEY, Update(add={"number": Decimal(amount)}))])

    assert items.get(NAMES, KEY) == {**KEY, "number": Decimal(before)}
