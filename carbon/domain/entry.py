"""An entry of the footprint: what a user did, and what it emitted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from zoneinfo import ZoneInfo

from carbon.domain.activity import activity_named, could_be_an_activity, unknown_activity
from carbon.domain.emission import amount_errors
from carbon.domain.factor import WORLD, Factor
from core import clock, money
from core.errors import InvalidInput

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
AHEAD = timedelta(days=366)
"""How far ahead of now an expense may be, and the entry measured in its place."""


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

    def normal(self) -> EntryDraft:
        """The draft in the form that is stored: whole milliseconds, the name of the activity, no space around."""
        activity, region = activity_named(self.activity), self.region.strip()
        return replace(
            self,
            timestamp=clock.whole_milliseconds(self.timestamp),
            activity=activity if could_be_an_activity(activity) else self.activity,
            description=self.description.strip(),
            region=region.lower() if region.lower() == WORLD else region.upper(),
        )

    def check(self, *, known: Iterable[Factor], now: datetime) -> None:
        """Raises InvalidInput with all that is wrong with a draft in its normal form, by field.

        `known` are the factors whose activities are proposed. What the activity decides is checked with its factor.
        """
        errors = dict(self._errors(now))
        if not could_be_an_activity(self.activity):
            errors |= unknown_activity(self.activity, known).errors
        if errors:
            raise InvalidInput(errors)

    def check_day(self, zone: ZoneInfo, now: datetime, *, is_expense: bool = False) -> None:
        """Raises InvalidInput when it is after the user's today; that of an expense may be a year ahead."""
        if self.day_in(zone) > now.astimezone(zone).date() and not (is_expense and self.timestamp <= now + AHEAD):
            raise InvalidInput({"timestamp": ["This day is in the future. Choose today or an earlier day."]})

    def day_in(self, zone: ZoneInfo) -> date:
        """The day of it in a zone."""
        return self.timestamp.astimezone(zone).date()

    def digest(self) -> str:
        """The same for the same draft in its normal form, so that a request sent twice is recognised."""
        said = clock.to_text(self.timestamp), self.activity, money.plain(self.amount), self.unit
        return digest_of(*said, self.description, self.occupancy, self.region)

    def _errors(self, now: datetime) -> Iterator[tuple[str, list[str]]]:
        if self.timestamp.tzinfo is None:
            yield "timestamp", ["Enter a time with its zone."]
        elif self.timestamp < clock.EPOCH:
            yield "timestamp", ["Enter a time after 1 January 1970."]
        elif self.timestamp > now + AHEAD:
            yield "timestamp", ["This time is in the future. Choose today or an earlier day."]
        yield from amount_errors(self.amount).items()
        yield from description_errors(self.description).items()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with its emission and the factor that gave it.

    kg: kg CO2e at the place of use. kg_with_fuel_supply: with what making and bringing the fuel emits; None where it
    is not known. day: the day of `timestamp` in the user's zone when it was entered; totals count by it, whatever zone
    the user moves to. is_estimate: made from the expense `expense_id`, whose id it carries; an entry measured in its
    place keeps both ids and is not an estimate. version: that of the stored row, 0 for one not stored yet.
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
class EntryFilter:
    """Which entries: from the start of one day to the end of another, days being of the user's zone; of one category.

    estimates: True for these alone, False for measured ones alone.
    """

    since: date | None = None
    until: date | None = None
    category: str = ""
    estimates: bool | None = None


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


def description_errors(text: str) -> dict[str, list[str]]:
    """What is wrong with a description, by its field; nothing within 500 characters."""
    if len(text) <= LONGEST_DESCRIPTION:
        return {}
    return {"description": [f"Enter at most {LONGEST_DESCRIPTION} characters."]}


def digest_of(*parts: object) -> str:
    """A fingerprint of what a client wants."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
