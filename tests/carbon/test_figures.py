"""Figures of the published tables, worked out by hand."""

from decimal import Decimal

import pytest

from carbon import selectors
from core.errors import InvalidInput
from tests.carbon.builders import a_person, added, entries_of


def test_a_petrol_car_over_100_km() -> None:
    entry = added(a_person(), "car_petrol", "100", "km")
    assert (entry.kg, entry.kg_with_fuel_supply) == (Decimal("16.152"), Decimal("20.751"))
    assert (entry.factor.source, entry.factor.year, entry.region) == (
        "UK Government GHG conversion factors 2026 (DESNZ)",
        2026,
        "GB",
    )


def test_a_kilogram_of_beef() -> None:
    entry = added(a_person(), "beef_beef_herd", "1", "kg")
    assert (entry.kg, entry.kg_with_fuel_supply, entry.category) == (Decimal("99.48"), None, "food")


@pytest.mark.parametrize(
    ("activity", "amount", "unit", "kg", "with_fuel_supply"),
    [
        ("car_petrol", "100", "mile", "25.994124", "33.395497"),  # 160.9344 km
        ("car_petrol", "1000", "m", "0.161520", "0.207510"),
        ("electricity", "1", "MWh", "130.960000", "167.780000"),
        ("electricity", "3.6", "MJ", "0.130960", "0.167780"),
        ("electricity", "1", "MJ", "0.036378", "0.046606"),  # 0.2777... kWh
        ("natural_gas", "100", "kWh", "18.231000", "21.252000"),
        ("natural_gas", "1", "m3", "2.026330", "2.362930"),
        ("natural_gas", "1000", "litres", "2.026330", "2.362930"),
        ("petrol", "1", "gallon_uk", "9.433137", "12.074142"),  # 4.54609 l
        ("petrol", "1", "gallon_us", "7.854729", "10.053827"),  # 3.785411784 l
        ("landfill_food", "1", "kg", "0.700330", None),
        ("beef_dairy_herd", "1", "lb", "15.104626", None),  # 0.45359237 kg
        ("coffee", "250", "g", "7.132500", None),
        ("hotel_night", "2", "nights", "20.800000", None),
        ("home_working", "90", "minutes", "0.485895", None),
        ("flight_short_haul_economy", "1000", "km", "125.760000", "148.250000"),
        ("flight_long_haul_business", "5500", "km", "1866.700000", "2259.235000"),
        ("underground", "12", "km", "0.185880", "0.273240"),
    ],
)
def test_units_are_converted_exactly(
    activity: str, amount: str, unit: str, kg: str, with_fuel_supply: str | None
) -> None:
    entry = added(a_person(country="GB"), activity, amount, unit)
    assert entry.kg == Decimal(kg)
    assert entry.kg_with_fuel_supply == (None if with_fuel_supply is None else Decimal(with_fuel_supply))


def test_the_persons_in_a_car_share_what_it_emits() -> None:
    alone, shared = added(a_person(), occupancy=1), added(a_person(), occupancy=3)
    assert (alone.kg, shared.kg, shared.kg_with_fuel_supply) == (
        Decimal("16.152"),
        Decimal("5.384"),
        Decimal("6.917"),
    )


@pytest.mark.parametrize(("activity", "unit"), [("bus_local", "km"), ("taxi", "km"), ("electricity", "kwh")])
def test_what_is_counted_by_the_person_is_not_divided(activity: str, unit: str) -> None:
    alice = a_person(country="GB")
    with pytest.raises(InvalidInput) as caught:
        added(alice, activity, "10", unit, occupancy=2)
    assert list(caught.value.errors) == ["occupancy"]
    assert entries_of(alice) == []


@pytest.mark.parametrize(
    ("country", "kg", "year", "source"),
    [
        ("GB", "13.096000", 2026, "UK Government GHG conversion factors 2026 (DESNZ)"),
        ("FR", "5.603900", 2023, "Ember, through Our World in Data, 2023"),
        ("AW", "56.122400", 2022, "Ember, through Our World in Data, 2022"),
    ],
)
def test_electricity_is_that_of_the_users_country(country: str, kg: str, year: int, source: str) -> None:
    entry = added(a_person(country=country), "electricity", "100", "kWh")
    assert (entry.kg, entry.region, entry.factor.year, entry.factor.source) == (Decimal(kg), country, year, source)


def test_electricity_used_elsewhere_is_that_of_there() -> None:
    entry = added(a_person(country="GB"), "electricity", "100", "kWh", region="fr")
    assert (entry.kg, entry.region) == (Decimal("5.6039"), "FR")


@pytest.mark.parametrize("country", ["", "CF"])
def test_electricity_without_a_figure_of_the_country_is_refused(country: str) -> None:
    alice = a_person(country=country)
    with pytest.raises(InvalidInput) as caught:
        added(alice, "electricity", "100", "kWh")
    assert list(caught.value.errors) == ["region"]
    assert entries_of(alice) == []


def test_a_hole_in_the_data_is_not_clean_power() -> None:
    electricity = selectors.factors_of("electricity")
    assert "CF" not in {factor.region for factor in electricity}
    assert all(factor.kg_direct > 0 for factor in electricity)


@pytest.mark.parametrize(
    ("activity", "unit", "field", "named"),
    [
        ("car_petrl", "km", "activity", "car_petrol or "),
        ("Beef", "kg", "activity", "beef_beef_herd"),
        ("teleport", "km", "activity", "“teleport”"),
        ("../../etc", "km", "activity", "“../../etc”"),
        ("car_petrol", "kilometres_", "unit", "km, mile or m"),
        ("car_petrol", "kmm", "unit", "km? Enter km, mile or m"),
        ("car_petrol", "litre", "unit", "km, mile or m"),
        ("petrol", "gallon", "unit", "gallon_us or gallon_uk"),
        ("apples", "", "unit", "kg, g, tonne, lb or oz"),
    ],
)
def test_what_is_unknown_is_refused_with_the_near_ones_named(activity: str, unit: str, field: str, named: str) -> None:
    alice = a_person()
    with pytest.raises(InvalidInput) as caught:
        added(alice, activity, "1", unit)
    assert list(caught.value.errors) == [field]
    assert named in caught.value.errors[field][0]
    assert entries_of(alice) == []


@pytest.mark.parametrize("name", ["Car_Petrol", " car petrol ", "car-petrol", "CAR_PETROL"])
def test_an_activity_is_found_however_it_is_written(name: str) -> None:
    assert added(a_person(), name).activity == "car_petrol"


def test_an_older_name_of_electricity_is_taken() -> None:
    assert added(a_person(country="GB"), "electricity_uk", "1", "kwh").activity == "electricity"


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        added(a_person(), "no such thing!", "0", "km", description="x" * 501)
    assert sorted(caught.value.errors) == ["activity", "amount", "description"]
