"""Factors that staff add beside those of the product."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from carbon import selectors
from core.accounts.tables import USERS
from core.errors import InvalidInput
from core.storage import Attr, Check, TransactionCancelled, measured
from tests.carbon.builders import a_factor, a_person, added, factor_added, factor_find


@pytest.mark.every_backend
def test_an_added_factor_is_the_next_version_and_the_one_listed() -> None:
    first = factor_added(a_factor())
    second = factor_added(a_factor(kg_direct=Decimal("0.3"), kg_fuel_supply=Decimal("0.1")))
    assert (first.factor_id, first.version) == ("car_petrol/GB/vehicle_km/2", 2)
    assert (second.factor_id, second.version) == ("car_petrol/GB/vehicle_km/3", 3)
    with measured() as usage:
        listed = [each for each in selectors.factors_listed() if each.activity == "car_petrol"]
    assert usage.requests == 1
    assert listed == [second]
    versions = [each.version for each in selectors.factors_of("car_petrol")]
    assert versions == [3, 2, 1]


@pytest.mark.every_backend
def test_the_same_factor_again_writes_nothing() -> None:
    first = factor_added(a_factor())
    assert factor_added(a_factor()) == first
    assert len(selectors.factors_of("car_petrol")) == 2


@pytest.mark.parametrize("unit", ["kWh", "KWH ", "kilowatt-hour", "kilowatt hours"])
def test_a_unit_written_another_way_is_the_same_one(unit: str) -> None:
    said = {"category": "energy", "label": "Electricity"}
    before = factor_find("electricity", "kwh", "GB")
    first = factor_added(a_factor("electricity", "GB", unit, kg_direct=Decimal("0.5"), **said))
    second = factor_added(a_factor("electricity", "GB", "kwh", kg_direct=Decimal("0.1"), **said))
    assert [(each.unit, each.version) for each in (first, second)] == [
        ("kwh", before.version + 1),
        ("kwh", before.version + 2),
    ]
    assert added(a_person(country="GB"), "electricity", "100", "kwh").kg == Decimal(10)


@pytest.mark.parametrize(
    ("activity", "category", "unit"), [("electricity", "energy", "MWh"), ("car_petrol", "transportation", "km")]
)
def test_a_second_unit_of_the_same_measure_is_refused(activity: str, category: str, unit: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        factor_added(a_factor(activity, "GB", unit, category=category))
    assert set(refusal.value.errors) == {"unit"}
    there = [each.unit for each in selectors.factors_of(activity) if each.region == "GB"]
    assert len(set(there)) == 1


@pytest.mark.every_backend
def test_one_of_another_country_stands_for_its_people_alone() -> None:
    factor_added(a_factor(region="FR", kg_direct=Decimal("0.1")))
    assert added(a_person(country="FR")).kg == Decimal(10)
    assert added(a_person("bob", country="PT")).kg == Decimal("16.152")
    assert factor_find("car_petrol", "km", "FR").region == "FR"
    assert factor_find("car_petrol", "km", "").region == "GB"


@pytest.mark.every_backend
def test_an_activity_of_its_own_can_be_entered() -> None:
    factor_added(
        a_factor(
            "e_scooter",
            "world",
            "passenger_km",
            label="E-scooter",
            kg_direct=Decimal("0.035"),
            best_before=date(2030, 1, 1),
        ),
    )
    entry = added(a_person(), "e-scooter", "2", "mile")
    assert (entry.category, entry.kg, entry.region) == ("transportation", Decimal("0.112654"), "world")


@pytest.mark.every_backend
def test_the_callers_writes_join_the_transaction() -> None:
    never = Check(USERS, {"username": "nobody"}, Attr("username").exists(), "nobody")
    with pytest.raises(TransactionCancelled):
        factor_added(a_factor(), never)
    assert len(selectors.factors_of("car_petrol")) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"activity": "ä"}, "activity"),
        ({"activity": "x" * 61}, "activity"),
        ({"category": "fun"}, "category"),
        ({"category": "food"}, "category"),
        ({"unit": "parsec"}, "unit"),
        ({"region": "Mars"}, "region"),
        ({"year": 1066}, "year"),
        ({"kg_direct": Decimal(-1)}, "kg_direct"),
        ({"kg_direct": Decimal("NaN")}, "kg_direct"),
        ({"kg_fuel_supply": Decimal("0.0000000001")}, "kg_fuel_supply"),
        ({"label": " "}, "label"),
        ({"source": ""}, "source"),
        ({"licence": ""}, "licence"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        factor_added(a_factor(**values))
    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize("activity", ["", "x" * 3000, "CURRENT", "car petrl"])
def test_an_unknown_activity_is_refused(activity: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        selectors.factors_of(activity)
    assert list(caught.value.errors) == ["activity"]
