"""Bodies and queries that the endpoints of the carbon diary take."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from carbon import selectors
from carbon.domain.activity import LONGEST_ACTIVITY
from carbon.domain.emission import AMOUNT_PLACES, LARGEST_AMOUNT, MOST_PERSONS
from carbon.domain.entry import CATEGORIES, LONGEST_DESCRIPTION, Entry, EntryDraft, EntryFilter
from carbon.domain.goal import ALL, GOAL_PERIODS, HUNDRED, LARGEST_KG, Goal, GoalDraft
from carbon.forms.filters import ESTIMATED, LONGEST_SEARCH, MEASURED
from core.api.days import DaysQuery
from core.api.fields import FRESH_ID, IdField, MomentField, QuantityField, WholeField
from core.api.serializers import StrictSerializer
from core.api.text_fields import MonthField, TextField
from core.errors import InvalidInput
from core.money import ZERO

LARGEST_VERSION = 2**53 - 1
LONGEST_UNIT = 40
UNIT_HELP = "One that measures what the factor's unit does: `km`, `mile`."
ACTIVITY_HELP = "One of `carbon/factors/`, like `car_petrol`."
GOAL_CATEGORIES = (ALL, *CATEGORIES)


def _version(what: str) -> WholeField:
    help_text = f"With it, {what} that was changed since is refused."
    return WholeField(required=False, min_value=1, max_value=LARGEST_VERSION, help_text=help_text)


class EntryChange(StrictSerializer):
    """Fields of an entry to change; what is left out stays."""

    rules = {
        "timestamp": "At most one day ahead for what was done, one year for an estimate of an expense.",
        "category": "That of the activity.",
        "activity": "One of `carbon/factors/`; of an estimate, given together with `amount` and `unit`.",
        "amount": "Of an estimate, given together with `activity` and `unit`.",
        "unit": "One that measures the same as the factor's unit.",
        "occupancy": "Above 1 only where the factor is per vehicle.",
        "region": "One for which the activity has a factor.",
    }

    timestamp = MomentField(required=False, help_text="When it was done.")
    category = serializers.ChoiceField(
        CATEGORIES, required=False, help_text="Follows from the activity; if given, it must be that one."
    )
    activity = TextField(required=False, max_length=LONGEST_ACTIVITY, help_text=ACTIVITY_HELP)
    amount = QuantityField(required=False, above=ZERO, places=AMOUNT_PLACES, most=LARGEST_AMOUNT)
    unit = TextField(required=False, max_length=LONGEST_UNIT, help_text=UNIT_HELP)
    description = TextField(required=False, allow_blank=True, max_length=LONGEST_DESCRIPTION)
    occupancy = WholeField(
        required=False,
        min_value=1,
        max_value=MOST_PERSONS,
        help_text="Persons in the vehicle, where the factor is per vehicle.",
    )
    region = TextField(
        required=False,
        allow_blank=True,
        max_length=5,
        help_text="ISO 3166-1 alpha-2 code of where it was done; that of the profile if empty.",
    )


class EntryRequest(EntryChange):
    """Something that was done."""

    rules = {**EntryChange.rules, "entry_id": FRESH_ID}

    entry_id = IdField(required=False, help_text="A UUIDv7 that you make; repeating it gives the same entry.")
    timestamp = MomentField(required=False, help_text="When it was done; now if left out.")
    activity = TextField(max_length=LONGEST_ACTIVITY, help_text=ACTIVITY_HELP)
    amount = QuantityField(above=ZERO, places=AMOUNT_PLACES, most=LARGEST_AMOUNT)
    unit = TextField(max_length=LONGEST_UNIT, help_text=UNIT_HELP)


class EntryVersion(EntryChange):
    """A change of an entry, and the version that it was read in."""

    version = _version("an entry")


class EntriesQuery(DaysQuery):
    """Which entries, by days of the user's time zone."""

    day_kind = "day of your time zone"

    category = serializers.ChoiceField(CATEGORIES, required=False)
    kind = serializers.ChoiceField(
        [ESTIMATED, MEASURED], required=False, help_text="Estimated from an expense, or entered by the user."
    )


class FactorsQuery(StrictSerializer):
    """Which factors."""

    q = TextField(
        required=False,
        allow_blank=True,
        default="",
        max_length=LONGEST_SEARCH,
        help_text="Words of name, region, source.",
    )
    category = serializers.ChoiceField(CATEGORIES, required=False, default="")


class MonthQuery(StrictSerializer):
    """Which month."""

    rules = {"month": "From 1970 to 9998."}

    month = MonthField(required=False, help_text="Like `2026-11`; the current one in your time zone if left out.")


class GoalChange(StrictSerializer):
    """Fields of a goal to change; what is left out stays. `target_kg` and `percent` replace each other."""

    rules = {
        "target_kg": "This or `percent`, not both.",
        "baseline_kg": "Left out only where the months before have entries.",
    }

    category = serializers.ChoiceField(GOAL_CATEGORIES, required=False)
    period = serializers.ChoiceField(GOAL_PERIODS, required=False)
    target_kg = QuantityField(
        required=False, least=ZERO, places=AMOUNT_PLACES, most=LARGEST_KG, help_text="kg CO2e of one period."
    )
    percent = QuantityField(required=False, above=ZERO, places=2, most=HUNDRED, help_text="How far under the baseline.")
    baseline_kg = QuantityField(
        required=False,
        above=ZERO,
        places=AMOUNT_PLACES,
        most=LARGEST_KG,
        help_text="kg CO2e of one period before; the mean of the three months before if left out.",
    )
    description = TextField(required=False, allow_blank=True, max_length=LONGEST_DESCRIPTION)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The body. Raises ValidationError where both ways of a limit are given."""
        if "target_kg" in attrs and ("percent" in attrs or "baseline_kg" in attrs):
            raise serializers.ValidationError({"target_kg": ["Enter kg, or percent under a baseline, not both."]})
        return attrs


class GoalVersion(GoalChange):
    """A change of a goal, and the version that it was read in."""

    version = _version("a goal")


class GoalRequest(GoalChange):
    """A goal to set."""

    rules = {**GoalChange.rules, "goal_id": FRESH_ID}

    goal_id = IdField(required=False, help_text="A UUIDv7 that you make; repeating it gives the same goal.")
    category = serializers.ChoiceField(GOAL_CATEGORIES, required=False, default=ALL)
    period = serializers.ChoiceField(GOAL_PERIODS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The body. Raises ValidationError unless it says one limit."""
        attrs = super().validate(attrs)
        if "target_kg" not in attrs and "percent" not in attrs:
            raise serializers.ValidationError({"target_kg": ["Enter kg, or percent under a baseline."]})
        return attrs


def draft_of(fields: dict[str, Any], before: Entry | None = None, *, now: datetime | None = None) -> EntryDraft:
    """The draft of checked fields, completed from the entry before, if any."""
    stored: dict[str, Any] = {"timestamp": now, "description": "", "occupancy": 1, "region": ""}
    if before is not None:
        names = ("timestamp", "activity", "amount", "unit", "description", "occupancy")
        stored = {name: getattr(before, name) for name in names}
    return EntryDraft(**{**stored, **{name: value for name, value in fields.items() if name != "category"}})


def check_category(fields: dict[str, Any], before: Entry | None = None) -> None:
    """Raises InvalidInput for a category that is not that of the activity."""
    if "category" not in fields:
        return
    (factor, *_) = selectors.factors_of(fields.get("activity") or (before.activity if before else ""))
    if factor.category != fields["category"]:
        sentence = f"{factor.activity} is of {factor.category}. Leave the category out, or enter that one."
        raise InvalidInput({"category": [sentence]})


def filter_of(query: dict[str, Any]) -> EntryFilter:
    """The filter of a checked query."""
    kind = query.pop("kind", None)
    return EntryFilter(**query, estimates=None if kind is None else kind == ESTIMATED)


def goal_draft_of(fields: dict[str, Any], before: Goal | None = None) -> GoalDraft:
    """The draft of checked fields, completed from the goal before, if any."""
    if before is None:
        return GoalDraft(**fields)
    target_kg: Decimal | None = fields.get("target_kg")
    percent: Decimal | None = None
    baseline_kg: Decimal | None = None
    if target_kg is None:
        percent = fields.get("percent", before.percent)
        given = before.baseline_kg if before.baseline_kg is not None and not before.baseline_months else None
        baseline_kg = fields.get("baseline_kg", given)
        if percent is None:
            target_kg, baseline_kg = before.target_kg, None
    return GoalDraft(
        category=fields.get("category", before.category),
        period=fields.get("period", before.period),
        target_kg=target_kg,
        percent=percent,
        baseline_kg=baseline_kg,
        description=fields.get("description", before.description),
    )
