"""What reads a text of a person takes as long as the text is long, or stops reading where it is too long."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django import forms
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from alerts.templatetags.alerts import mark_private
from budgets.domain.categories import new_category, normal_category
from budgets.domain.importing.amounts import amount_in, mark_of
from budgets.domain.importing.columns import plain_name, recognised
from budgets.domain.importing.dates import day_in, order_of
from budgets.domain.importing.readers import READERS as BANK_FILES
from budgets.domain.importing.readers import read_sheet
from budgets.domain.importing.rows import short
from budgets.domain.jpeg import frame_of
from budgets.domain.receipt_content import cleaned_name
from budgets.forms.expenses import CategoryForm
from carbon.data.factors import factors
from carbon.domain.activity import activity_named, unknown_activity
from carbon.domain.units import UNITS, unit_named, unknown_unit
from carbon.presentation.catalogue import Catalogue
from core import ids, money
from core.api.fields import IdField, MomentField, MoneyField
from core.clock import from_text
from core.errors import InvalidInput
from core.forms import MomentField as MomentFormField
from core.forms import day_field
from core.periods import Month
from tests.budgets.builders import a_draft
from tests.patterns.growth import LINEAR, growth
from tests.patterns.worst import pumped

ACCENTS = pumped("a", "\u0301\u0316", "")
"""Accents in the wrong order: Unicode sorts them, one insertion after the other."""
SPACES = pumped("1", " ", "ab!")
TEXTS = {
    "spaces": SPACES,
    "accents": ACCENTS,
    "digits": pumped("", "1", "x"),
    "digits and commas": pumped("", "1,", "x"),
    "decimals": pumped("1.", "0", "x"),
    "signs": pumped("", "-", "1"),
    "words": pumped("", "a ", "!"),
    "quotation marks": pumped("", '"', "a"),
    "slashes": pumped("", "/", "a"),
}
"""What each reader is tried with."""


def of_field(field: forms.Field) -> Callable[[str], object]:
    """Reading of a form's field."""
    return field.clean


def of_api(field: serializers.Field[Any, Any, Any, Any]) -> Callable[[str], object]:
    """Reading of a field of the API."""
    return field.run_validation


READERS: dict[str, Callable[[str], object]] = {
    "an amount of a bank": lambda text: amount_in(text, "."),
    "the mark of decimals": lambda text: mark_of([text]),
    "a day of a bank": lambda text: day_in(text, "dmy"),
    "the order of days": lambda text: order_of([text], latest=Month.from_text("2026-11").last_day),
    "the name of a column": plain_name,
    "the names of columns": lambda text: recognised([text]),
    "a line out of a cell": lambda text: short(text, 100),
    "a bank file": lambda text: read_sheet(text.encode(), BANK_FILES),
    "the name of a file": lambda text: cleaned_name(text, "application/pdf"),
    "a category": normal_category,
    "a new category": new_category,
    "an expense": lambda text: a_draft(description=text, merchant=text).normal(),
    "a notification": lambda text: mark_private(text, "budget_alert"),
    "an activity": activity_named,
    "an activity that there is not": lambda text: unknown_activity(text, factors()),
    "an activity that is looked for": Catalogue(factors()).near,
    "a unit": unit_named,
    "a unit that there is not": lambda text: unknown_unit(text, UNITS),
    "a number": money.parse,
    "a month": Month.from_text,
    "a moment": from_text,
    "an id": partial(ids.check_fresh, field="id"),
    "a day of a form": of_field(day_field("Day")),
    "a moment of a form": of_field(MomentFormField()),
    "a number of a form": of_field(forms.DecimalField(max_digits=20, decimal_places=2)),
    "a whole number of a form": of_field(forms.IntegerField()),
    "the name of a category in a form": lambda text: CategoryForm({"name": text}).is_valid(),
    "money of the API": of_api(MoneyField()),
    "a moment of the API": of_api(MomentField()),
    "an id of the API": of_api(IdField()),
    "a day of the API": of_api(serializers.DateField()),
    "a whole number of the API": of_api(serializers.IntegerField()),
}
REFUSALS = (ValueError, InvalidInput, ValidationError, forms.ValidationError, TypeError, OverflowError)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("reader", READERS)
def test_reading_takes_as_long_as_the_text_is(reader: str, text: str) -> None:
    def read(sent: str) -> None:
        try:
            READERS[reader](sent)
        except REFUSALS:
            return

    assert growth(read, TEXTS[text]) < LINEAR


@pytest.mark.parametrize("cell", [SPACES, ACCENTS, pumped("", "1", ""), pumped("20", " ", "jan")])
def test_many_cells_take_as_long_as_there_are(cell: Callable[[int], str]) -> None:
    def read(rows: int) -> None:
        sheet = read_sheet(b"Date,Amount\n" + f"{cell(30)},{cell(30)}\n".encode() * rows, BANK_FILES)
        for line in sheet.lines:
            for each in line.cells:
                try:
                    amount_in(each, ".")
                    day_in(each, "dmy")
                except ValueError:
                    continue

    assert growth(read, lambda size: size // 10) < LINEAR


def test_rows_of_very_many_columns_take_as_long_as_there_are_rows() -> None:
    def read(rows: int) -> None:
        with pytest.raises(InvalidInput):
            read_sheet((b"a" + b",a" * 20_000 + b"\n") * rows, BANK_FILES)

    assert growth(read, lambda size: size // 250) < LINEAR


@pytest.mark.parametrize("pump", [b"\xff\xda\x00\x02", b"\xff\xc2\x00\x02", b"\xff", b"\xff\x00", b"\xff\xe0\xff\xff"])
def test_a_jpeg_is_gone_through_once(pump: bytes) -> None:
    assert growth(frame_of, lambda size: b"\xff\xd8" + pump * (size // len(pump))) < LINEAR


def test_an_amount_with_spaces_is_what_it_was() -> None:
    assert str(amount_in("1 \u00a0 234 ,5 EUR", ",")) == "1234.50"
    assert str(amount_in("( $  5 )", ".")) == "-5.00"
    assert day_in("20 \t Nov  2026   12:00", "dmy") == day_in("2026-11-20 T 12:00:59", "dmy")


def test_an_amount_of_very_many_digits_is_refused_in_its_row() -> None:
    with pytest.raises(ValueError, match="large"):
        amount_in("1" * 35, ".")
