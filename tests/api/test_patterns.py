"""What the description asks of the form of a value is never refused for its form."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.api import patterns
from core.api.fields import DayField, Described, IdField, MomentField, MoneyField, QuantityField, WholeField
from core.api.text_fields import MonthField, TextField

FIELDS: dict[str, Any] = {
    "any sign": MoneyField(),
    "zero or more": MoneyField(least=Decimal(0), most=Decimal("1e12")),
    "above zero": QuantityField(above=Decimal(0), most=Decimal(100), places=2),
    "from one on": QuantityField(least=Decimal(1), most=Decimal(100_000), places=3),
    "text": TextField(max_length=40),
    "text or none": TextField(max_length=40, allow_blank=True),
    "a line": TextField(max_length=40, refused=patterns.NOT_IN_A_LINE),
    "lines": TextField(max_length=40, refused=patterns.NOT_IN_LINES, allow_blank=True, trim_whitespace=False),
    "a word": TextField(max_length=40, pattern="^[a-z]{3}$", allow_blank=True),
    "a password": TextField(min_length=12, max_length=128, trim_whitespace=False),
    "a month": MonthField(),
    "a day": DayField(),
    "a moment": MomentField(),
}
FEW = settings(max_examples=60)
EDGES = {
    "any sign": (["-12.5", "999999999999999.99", "1000000000000000"], ["1.234", "1e3", "1000000000000001", ".5", "١"]),
    "zero or more": (["0", "000.10", "1000000000000.00"], ["-1", "1000000000000.01", "2000000000000"]),
    "above zero": (["0.01", "100", "100.0"], ["0", "0.00", "100.01", "-1"]),
    "from one on": (["1", "100000", "99999.999"], ["0.999", "100000.001", "01"]),
    "a day": (["1970-01-01", "9998-12-31"], ["1969-12-31", "9999-01-01", "2026-13-01", "2026-1-1"]),
    "a moment": (["2026-11-20T09:30:00Z", "2026-11-20T09:30:00.5+05:30"], ["2026-11-20", "2026-11-20T09:30:60Z"]),
    "a month": (["0001-01", "9999-12"], ["0000-01", "2026-13", "2026-1"]),
    "text": (["x", " x "], ["", "  ", "\0x", "\u3000"]),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_matches_is_taken(name: str) -> None:
    field = FIELDS[name]
    schema = field.taken()

    @FEW
    @given(st.from_regex(re.compile(schema["pattern"]), fullmatch=True))
    def taken(text: str) -> None:
        if len(text) > schema.get("maxLength", 1000) or len(text) < schema.get("minLength", 0):
            return
        if schema.get("format") in ("date", "date-time") and int(text[8:10]) > 28:
            return  # the format says how long a month is
        field.run_validation(text)

    taken()


@pytest.mark.parametrize("name", EDGES)
def test_the_edges_are_where_they_should_be(name: str) -> None:
    inside, outside = EDGES[name]
    pattern = re.compile(FIELDS[name].taken()["pattern"])
    assert [text for text in inside if not pattern.search(text)] == []
    assert [text for text in outside if pattern.search(text)] == []
    for text in inside:
        FIELDS[name].run_validation(text)


def test_every_field_that_describes_itself_says_a_type() -> None:
    for field in (*FIELDS.values(), IdField(), WholeField(min_value=0, max_value=1)):
        assert isinstance(field, Described)
        assert field.taken()["type"] in ("string", "integer")
        assert field.given()["type"] in ("string", "integer")
