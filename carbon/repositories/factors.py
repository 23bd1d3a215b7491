"""Factors as maps inside entries, and as rows of the CarbonFactors table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from carbon.domain.factor import Factor
from carbon.tables import CARBON_FACTORS
from core import clock
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query

CURRENT = "CURRENT"
LISTING = "factors"


@dataclass(frozen=True, slots=True)
class Current:
    """The newest factors of an activity that staff added; version 0 where there is none."""

    activity: str
    factors: tuple[Factor, ...] = ()
    version: int = 0


def factor_map(factor: Factor) -> Item:
    """The factor as a map that a row can hold."""
    kept: Item = {
        "factor_id": factor.factor_id,
        "activity": factor.activity,
        "label": factor.label,
        "category": factor.category,
        "unit": factor.unit,
        "kg_direct": factor.kg_direct,
        "region": factor.region,
        "year": factor.year,
        "source": factor.source,
        "licence": factor.licence,
        "best_before": factor.best_before.isoformat(),
        "factor_version": factor.version,
    }
    if factor.kg_fuel_supply is not None:
        kept["kg_fuel_supply"] = factor.kg_fuel_supply
    if factor.note:
        kept["note"] = factor.note
    return kept


def factor_from_map(kept: Item) -> Factor:
    """The factor that such a map holds."""
    return Factor(
        factor_id=kept["factor_id"],
        activity=kept["activity"],
        label=kept["label"],
        category=kept["category"],
        unit=kept["unit"],
        kg_direct=kept["kg_direct"],
        kg_fuel_supply=kept.get("kg_fuel_supply"),
        region=kept["region"],
        year=int(kept["year"]),
        source=kept["source"],
        licence=kept["licence"],
        best_before=date.fromisoformat(kept["best_before"]),
        note=kept.get("note", ""),
        version=int(kept["factor_version"]),
    )


def factor_put(factor: Factor, at: datetime) -> Put:
    """Write an added factor, never over another."""
    return Put(
        CARBON_FACTORS,
        {**factor_map(factor), "edition": edition_of(factor), "created_at": clock.to_text(at)},
        condition=Attr("edition").not_exists(),
        label="factor",
    )


def edition_of(factor: Factor) -> str:
    """The sort key of a factor; versions of one region and unit are in their order."""
    return f"{factor.region}#{factor.unit}#{factor.version:06d}"


def current_address(activity: str) -> Get:
    """Where the newest added factors of an activity are."""
    return Get(CARBON_FACTORS, {"activity": activity, "edition": CURRENT})


def current_put(current: Current) -> Put:
    """Write them if they are as they were read."""
    unchanged = Attr("version").eq(current.version) if current.version else Attr("version").not_exists()
    return Put(
        CARBON_FACTORS,
        {
            "activity": current.activity,
            "edition": CURRENT,
            "listing": LISTING,
            "factors": [factor_map(factor) for factor in current.factors],
            "version": current.version + 1,
        },
        condition=unchanged,
        label="current",
    )


def current_from_item(activity: str, item: Item | None) -> Current:
    """The newest added factors that a row holds; none where there is no row."""
    if item is None:
        return Current(activity)
    return Current(activity, tuple(factor_from_map(each) for each in item["factors"]), int(item["version"]))


def factors_query(activity: str) -> Query:
    """Every added factor of an activity, old and new, and the row that holds the newest: see `is_current`."""
    return Query(CARBON_FACTORS, KeyCondition("activity").eq(activity), consistent=True)


def currents_query() -> Query:
    """The newest added factors of every activity; by an index, which may be a moment behind."""
    return Query(CARBON_FACTORS, KeyCondition("listing").eq(LISTING), index="ListingIndex")


def is_current(item: Item) -> bool:
    """Whether a row is that of the newest ones."""
    return bool(item["edition"] == CURRENT)


def factors_from_items(items: Iterable[Item]) -> tuple[Factor, ...]:
    """The factors among rows of `factors_query`."""
    return tuple(factor_from_map(item) for item in items if not is_current(item))
