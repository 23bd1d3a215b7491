"""An entry of the footprint: what somebody did, and what it emitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from carbon.domain.factor import Factor

CATEGORIES = ("transportation", "energy", "food", "waste", "shopping", "other")
CATEGORY_LABELS = {
    "transportation": "Transport",
    "energy": "Energy",
    "food": "Food",
    "waste": "Waste",
    "shopping": "Shopping",
    "other": "Other",
}
LONGEST_DESCRIPTION = 500


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What a user says: when (aware), which activity, how much of it in which unit.

    amount: above zero, at most 6 decimals. occupancy: persons in the vehicle, for activities counted by the vehicle
    alone. region: ISO 3166-1 alpha-2 code of where it was done; empty for the user's country.
    """

    timestamp: datetime
    activity: str
    amount: Decimal
    unit: str
    description: str = ""
    occupancy: int = 1
    region: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with its emission and the factor that gave it.

    kg: kg CO2e at the place of use. kg_with_fuel_supply: with what making and bringing the fuel emits; None where it
    is not known. day: the day of `timestamp` in the user's zone when it was entered; totals count by it, whatever zone
    the user moves to. is_estimate: made from the expense `expense_id`, whose id it carries; an entry measured in its
    place keeps both ids and is no estimate. version: that of the stored row, 0 for one not stored yet.
    """

    username: str
    entry_id: str
    timestamp: datetime
    day: date
    category: str
    activity: str
    amount: Decimal
    unit: str
    occupancy: int
    description: str
    kg: Decimal
    kg_with_fuel_supply: Decimal | None
    factor: Factor
    created_at: datetime
    updated_at: datetime
    is_estimate: bool = False
    expense_id: str | None = None
    digest: str = ""
    version: int = 0

    @property
    def region(self) -> str:
        """Where its factor holds."""
        return self.factor.region

    @property
    def category_label(self) -> str:
        """What people call its category."""
        return CATEGORY_LABELS[self.category]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an expense is taken to have emitted, ready to be put beside the measured entries.

    day: the expense's plain day. amount, unit: what the factor was multiplied with, like `80.00` `gbp_2023`.
    """

    expense_id: str
    day: date
    category: str
    activity: str
    amount: Decimal
    unit: str
    kg: Decimal
    factor: Factor
    description: str = ""
