"""Wrong rows of a footprint: entries, sums, goals, achievements, factors."""

from decimal import Decimal
from typing import Any

from core.storage import Store
from tests.reconciling.books import rows, spoil
from tests.reconciling.planting import Plant, Planted, changed, changed_by, doubled, lost

CAR = {"activity": "car_petrol"}
ESTIMATE = {"is_estimate": True}
PERCENT = {"percent": Decimal(10)}


def in_month(category: str, at: int = -1, **values: Any) -> Plant:
    """Set sums of a category in a month, the newest if not said otherwise."""

    def plant(opened: Store) -> None:
        months = [row for row in rows(opened, "CarbonTotals") if len(row["period"]) == len("2026-11")]
        months = [row for row in months if category in row.get("categories", {})]
        row = months[at]
        kept = row["categories"]
        spoil("CarbonTotals", row, categories={**kept, category: {**kept[category], **values}})

    return plant


def no_longer_current(opened: Store) -> None:
    """Let the row of the newest factors forget the one there is."""
    [row] = rows(opened, "CarbonFactors", edition="CURRENT")
    spoil("CarbonFactors", row, factors=[])


PLANTED: list[Planted] = [
    ("an emission that its factor does not give", "entries_follow_from_factors", "its factor says 8.076",
     changed("CarbonEntries", has=CAR, kg_co2e=Decimal(9))),
    ("an entry of a category that is not its factor's", "entries_follow_from_factors", "category is food",
     changed("CarbonEntries", has=CAR, category="food")),
    ("an entry that its category does not list", "entries_follow_from_factors", "user_category is alice#waste",
     changed("CarbonEntries", has=CAR, user_category="alice#waste")),
    ("an entry of a day far from its time", "entries_follow_from_factors", "day is 2020-01-01",
     changed("CarbonEntries", has=CAR, day="2020-01-01")),
    ("an estimate of no expense", "entries_follow_from_factors", "it is an estimate, and expense_id is None",
     changed("CarbonEntries", has=ESTIMATE, expense_id=None)),
    ("an entry lost", "footprint_totals_are_sums_of_entries", "count of transportation is",
     lost("CarbonEntries", has=CAR)),
    ("an entry doubled", "footprint_totals_are_sums_of_entries", "count of transportation is",
     doubled("CarbonEntries", "entry_id", has=CAR)),
    ("a sum of kilograms", "footprint_totals_are_sums_of_entries", "kg of transportation is 99",
     in_month("transportation", kg=Decimal(99))),
    ("a number of entries", "footprint_totals_are_sums_of_entries", "count of transportation is 99",
     in_month("transportation", count=Decimal(99))),
    ("an estimated part", "footprint_totals_are_sums_of_entries", "estimated_kg of transportation is 99",
     in_month("transportation", estimated_kg=Decimal(99))),
    ("a sum of days lost", "footprint_totals_are_sums_of_entries", "kg of food is 0", lost("CarbonTotals", has={})),
    ("a target that does not follow", "targets_follow_from_baselines", "10 % under 2000 is 1800",
     changed_by("CarbonGoals", has=PERCENT, target_kg="1")),
    ("a baseline lost", "targets_follow_from_baselines", "a baseline that is not there",
     changed("CarbonGoals", has=PERCENT, baseline_kg=None)),
    ("an achievement lost", "achievements_follow_from_entries", "reached_on is None, the entries say",
     lost("CarbonAchievements", has={"achievement_id": "first_entry"})),
    ("an achievement that nobody reached", "achievements_follow_from_entries", "the entries say None",
     doubled("CarbonAchievements", "achievement_id", has={"achievement_id": "first_entry"})),
    ("an achievement of another day", "achievements_follow_from_entries", "reached_on is 2020-01-01",
     changed("CarbonAchievements", has={"achievement_id": "first_entry"}, reached_on="2020-01-01")),
    ("an account that was never judged", "achievements_follow_from_entries", "it was never judged",
     lost("CarbonAchievements", has={"achievement_id": "STANDING"})),
    ("a newest factor that is not current", "newest_factors_are_current", "e_scooter/world/passenger_km/1 is missing",
     no_longer_current),
    ("a current factor that nobody added", "newest_factors_are_current", "is not the newest that was added",
     lost("CarbonFactors", has={"edition": "world*"})),
]  # fmt: skip
