"""Fields: exact numbers as text, times in UTC, ids of now."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from rest_framework import serializers

from core import ids
from core.api.errors import flattened
from core.api.fields import BoundedListField, DayField, IdField, MomentField, MoneyField, QuantityField, WholeField
from core.api.parsers import ExactJSONParser
from core.api.serializers import StrictSerializer

LONG = f"1.{'0' * 40}1"
"""More digits than arithmetic carries, so that its decimal places are easily overlooked."""


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("10", "10"),
        ("10.5", "10.5"),
        ("10.50", "10.5"),
        (10, "10"),
        (0, "0"),
        (" 7 ", "7"),
        ("1e3", "1000"),
    ],
)
def test_money_is_taken_exactly(given: Any, value: str) -> None:
    assert MoneyField().run_validation(given) == Decimal(value)


@pytest.mark.parametrize(
    "given",
    [
        "ten",
        "",
        "NaN",
        "Infinity",
        "1e99",
        0.1,
        True,
        None,
        [],
        {},
        "1.001",
        "1,000",
        LONG,
        "1e999999999",
        "1e-999999999",
        "1_000",
        "１２",
        "١٢",
        Decimal("12.5"),
        Decimal("12.0"),
    ],
)
def test_what_is_no_money_is_refused(given: Any) -> None:
    with pytest.raises(serializers.ValidationError):
        MoneyField().run_validation(given)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (MoneyField(above=Decimal(0)), "0.01", "0"),
        (MoneyField(above=Decimal(0)), "0.01", "-1"),
        (MoneyField(least=Decimal(0)), "0", "-0.01"),
        (QuantityField(), "0.00000001", "0.000000001"),
    ],
)
def test_bounds_are_kept(field: serializers.Field[Any, Any, Any, Any], good: str, bad: str) -> None:
    assert field.run_validation(good) == Decimal(good)
    with pytest.raises(serializers.ValidationError):
        field.run_validation(bad)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (MoneyField(), Decimal("10000"), "10000.00"),
        (MoneyField(), Decimal("0.5"), "0.50"),
        (QuantityField(), Decimal("1E+3"), "1000"),
        (QuantityField(), Decimal("0.00000001"), "0.00000001"),
        (QuantityField(), Decimal("1.500"), "1.5"),
    ],
)
def test_numbers_are_given_as_text(field: Any, value: Decimal, text: str) -> None:
    assert field.to_representation(value) == text


def test_times_are_utc() -> None:
    moment = MomentField().run_validation("2026-11-20T10:30:00+01:00")
    assert moment == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert MomentField().to_representation(moment) == "2026-11-20T09:30:00.000Z"


@pytest.mark.parametrize(
    "given", ["2026-11-20", "2026-11-20T10:30:00", "noon", 1763631000, "", [], "9999-12-31T23:59:59-23:59"]
)
def test_what_is_no_time_is_refused(given: Any) -> None:
    with pytest.raises(serializers.ValidationError):
        MomentField().run_validation(given)


def test_an_id_of_now_is_taken() -> None:
    identifier = ids.new_id()
    assert IdField().run_validation(identifier) == identifier


@pytest.mark.parametrize("given", ["1", "", 7, None, ["x"], "6f1c2c1e-7a52-4b7e-9a52-0e2f6b1f0a11"])
def test_another_id_is_refused(given: Any) -> None:
    with pytest.raises(serializers.ValidationError):
        IdField().run_validation(given)


def test_an_id_in_upper_case_is_refused() -> None:
    with pytest.raises(serializers.ValidationError):
        IdField().run_validation(ids.new_id().upper())


@pytest.mark.parametrize(("given", "value"), [(7, 7), ("7", 7), (" 7 ", 7), (-3, -3), ("-3", -3)])
def test_a_whole_number_is_taken(given: Any, value: int) -> None:
    assert WholeField(min_value=-5, max_value=9).run_validation(given) == value


@pytest.mark.parametrize(
    "given", ["1_0", "１", "١", "1.0", Decimal("1.0"), 1.5, True, None, "", [], "x", 10, -6, "9" * 5000]
)
def test_what_is_no_whole_number_within_bounds_is_refused(given: Any) -> None:
    with pytest.raises(serializers.ValidationError):
        WholeField(min_value=-5, max_value=9).run_validation(given)


@pytest.mark.parametrize(
    "given", ["1969-12-31", "9999-01-01", "2026-02-30", "２０２６-11-20", "2026-1-2", 20261120, "", None]
)
def test_what_is_no_day_of_the_calendar_is_refused(given: Any) -> None:
    with pytest.raises(serializers.ValidationError):
        DayField().run_validation(given)


class _Inner(StrictSerializer):
    amount = MoneyField()


class _Outer(StrictSerializer):
    inner = _Inner()
    tags = serializers.ListField(child=serializers.CharField(), required=False)
    made = serializers.CharField(read_only=True)


def test_a_strict_serializer_names_what_it_does_not_know() -> None:
    body = _Outer(data={"inner": {"amount": "1"}, "made": "x", "more": 1})
    assert not body.is_valid()
    assert set(body.errors) == {"made", "more"}


def test_nested_errors_are_named_by_path() -> None:
    body = _Outer(data={"inner": {"amount": "x", "colour": 1}, "tags": ["a", []]})
    assert not body.is_valid()
    assert set(flattened(body.errors)) == {"inner.colour", "tags.1"}


def test_numbers_in_json_keep_their_digits() -> None:
    parsed = ExactJSONParser().parse(BytesIO(b'{"a": 0.1, "b": 12345678901234567.89, "c": 7}'))
    assert parsed == {"a": Decimal("0.1"), "b": Decimal("12345678901234567.89"), "c": 7}


class _Looked(serializers.Field[object, object, object, object]):
    """Counts the values that it looks at."""

    looked = 0

    def to_internal_value(self, data: object) -> object:
        type(self).looked += 1
        return data


def test_a_list_that_is_too_long_is_refused_before_its_values_are_looked_at() -> None:
    field = BoundedListField(child=_Looked(), max_length=3)
    assert field.run_validation([1, 2, 3]) == [1, 2, 3]
    with pytest.raises(serializers.ValidationError):
        field.run_validation(list(range(100_000)))
    assert _Looked.looked == 3
