"""How figures, months, units and charts of the carbon diary are written and drawn."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon.data.factors import factors
from carbon.domain.activity import newest
from carbon.domain.entry import CATEGORIES
from carbon.domain.totals import CategoryTotal, PeriodTotals
from carbon.presentation import figures
from carbon.presentation.catalogue import Catalogue, matching
from carbon.presentation.charts import HEIGHT, Column, chart_of, shares_of, year_until
from carbon.presentation.figures import factor_unit_label, unit_label
from carbon.presentation.months import month_of_text, years_first
from core.periods import Month

CATALOGUE = Catalogue(newest(factors()))
KILOGRAMS = st.decimals(0, 10_000, places=3)


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0.00"), ("16.152", "16.15"), ("1234.5", "1,234.50"), ("0.004", "0.004000"), ("0.01", "0.01")],
)
def test_kilograms_have_two_decimals_and_are_never_a_false_zero(value: str, text: str) -> None:
    assert figures.kg(Decimal(value)) == text


def test_exact_kilograms_keep_every_decimal() -> None:
    assert [figures.kg_exact(Decimal(value)) for value in ("16.152000", "99.48", "1200")] == [
        "16.152",
        "99.48",
        "1,200",
    ]


def test_months_go_over_the_end_of_a_year() -> None:
    january = Month.from_text("2026-01")
    assert [str(january.shifted(step)) for step in (-13, -1, 0, 11, 12)] == [
        "2024-12",
        "2025-12",
        "2026-01",
        "2026-12",
        "2027-01",
    ]
    assert (january.last_day, Month(2024, 2).length, january.label) == (date(2026, 1, 31), 29, "January 2026")
    assert len(list(Month(2026, 2).days())) == 28


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-00", "2026-13", "2026-1", "1969-12", "9999-01", "2026-11-01", "٢٠٢٦-11"]
)
def test_any_other_text_is_not_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="2026-11"):
        month_of_text(text)


def test_the_calendar_begins_in_1970() -> None:
    assert str(years_first(Month(1970, 3))) == "1970-01"
    assert str(years_first(Month(2026, 11))) == "2025-12"
    assert len(year_until(Month(1970, 3), (), level=None).chart.bars) == 3
    assert len(year_until(Month(2026, 11), (), level=None).chart.bars) == 12


@pytest.mark.parametrize("said", ["car_petrol", "Car, petrol, average", "  car,  PETROL, average "])
def test_an_activity_is_found_by_id_and_by_name(said: str) -> None:
    found = CATALOGUE.find(said)
    assert found is not None
    assert (found.activity, found.is_per_vehicle, found.is_regional) == ("car_petrol", True, False)


@pytest.mark.parametrize(
    ("said", "near"), [("petrol car", "car_petrol"), ("electrcity", "electricity"), ("beef", "beef_beef_herd")]
)
def test_what_is_near_an_unknown_name(said: str, near: str) -> None:
    assert near in [choice.activity for choice in CATALOGUE.near(said)]


def test_nothing_is_near_nonsense() -> None:
    assert CATALOGUE.near("") == CATALOGUE.near("qqqqqqqqqq") == []


def test_every_activity_is_in_one_group_and_has_units() -> None:
    grouped = [choice for group in CATALOGUE.groups(first="food") for choice in group.choices]
    assert CATALOGUE.groups(first="food")[0].category == "food"
    assert sorted(choice.activity for choice in grouped) == sorted(choice.activity for choice in CATALOGUE.choices)
    assert all(choice.units for choice in grouped)


def test_units_are_read_by_people() -> None:
    assert [unit_label(name) for name in ("km", "kwh", "litre", "room_night")] == ["km", "kWh", "litres", "nights"]
    assert [factor_unit_label(name) for name in ("kwh", "litre", "tonne", "hour")] == ["kWh", "litre", "tonne", "hour"]
    known = {factor.unit for factor in factors()}
    assert all("_" not in factor_unit_label(unit) for unit in known)


@given(st.lists(st.tuples(KILOGRAMS, KILOGRAMS), min_size=1, max_size=31), st.none() | KILOGRAMS)
def test_columns_stay_in_their_box_and_are_as_high_as_their_figures(
    kilograms: list[tuple[Decimal, Decimal]], level: Decimal | None
) -> None:
    chart = chart_of([Column(*each) for each in kilograms], "label", level=level)
    highest = max([*(sum(each) for each in kilograms), level or Decimal(0)])
    for bar, (measured, estimated) in zip(chart.bars, kilograms, strict=True):
        assert 0 <= bar.estimated_top <= bar.measured_top <= HEIGHT
        assert bar.x + bar.width <= chart.width
        if highest:
            assert abs(bar.measured - (HEIGHT - 4) * measured / highest) <= Decimal("0.05")
            assert abs(bar.estimated - (HEIGHT - 4) * estimated / highest) <= Decimal("0.05")
    assert chart.line is None or 0 <= chart.line <= HEIGHT


@given(st.dictionaries(st.sampled_from(CATEGORIES), KILOGRAMS))
def test_the_pieces_of_a_bar_lie_side_by_side_and_fill_it(kilograms: dict[str, Decimal]) -> None:
    totals = PeriodTotals("2026-11", {name: CategoryTotal(kg, 1) for name, kg in kilograms.items()})
    pieces = shares_of(totals, CATEGORIES)
    assert [piece.category for piece in pieces] == [name for name in CATEGORIES if name in kilograms]
    for before, after in pairwise(pieces):
        assert before.start + before.width == after.start
    if sum(kilograms.values()):
        assert abs(pieces[-1].start + pieces[-1].width - 100) <= Decimal("0.03")


def test_factors_are_found_by_words_of_name_place_and_source() -> None:
    listed = newest(factors())
    assert [each.region for each in matching(listed, "ELECTRICITY france")] == ["FR"]
    assert {each.category for each in matching(listed, "desnz", "waste")} == {"waste"}
    assert matching(listed, "unobtainium") == []
