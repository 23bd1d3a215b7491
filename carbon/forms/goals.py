"""The form that sets and changes a goal."""

from __future__ import annotations

from typing import Any

from django import forms

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS, LONGEST_DESCRIPTION
from carbon.domain.goal import ALL, Goal, GoalDraft
from core import money
from core.forms import NumberField, OnceForm

KILOGRAMS, PERCENT = "kg", "percent"
PERIODS = (("daily", "A day"), ("weekly", "A week, from Monday"), ("monthly", "A month"), ("yearly", "A year"))
WAYS = ((KILOGRAMS, "So many kg at most"), (PERCENT, "So many percent less than before"))


class GoalForm(OnceForm):
    """How much a period may emit: in kg, or in percent under what it was before."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    category = forms.ChoiceField(
        label="Of", choices=[(ALL, "Everything"), *((each, CATEGORY_LABELS[each]) for each in CATEGORIES)]
    )
    period = forms.ChoiceField(label="In", choices=PERIODS, initial="monthly")
    way = forms.ChoiceField(label="Limit", choices=WAYS, initial=KILOGRAMS, widget=forms.RadioSelect)
    target_kg = NumberField(label="Kg CO₂e at most", required=False, help_text="For the first way.")
    percent = NumberField(label="Percent less", required=False, help_text="For the second way: 10 is a tenth less.")
    baseline_kg = NumberField(
        label="Less than so many kg",
        required=False,
        help_text="For the second way. Empty: the mean of your last three months.",
    )
    description = forms.CharField(label="What you call it", required=False, max_length=LONGEST_DESCRIPTION)

    def clean(self) -> dict[str, Any]:
        """The values. Adds an error where the figure of the chosen way is missing."""
        said = super().clean() or {}
        wanted = {KILOGRAMS: "target_kg", PERCENT: "percent"}.get(said.get("way", ""))
        if wanted and wanted not in self.errors and said.get(wanted) is None:
            self.add_error(wanted, "Say how much.")
        return said

    @property
    def draft(self) -> GoalDraft:
        """What a valid form says; the figures of the way that was not chosen are left out."""
        said = self.cleaned_data
        by_percent = said["way"] == PERCENT
        return GoalDraft(
            category=said["category"],
            period=said["period"],
            target_kg=None if by_percent else said["target_kg"],
            percent=said["percent"] if by_percent else None,
            baseline_kg=said["baseline_kg"] if by_percent else None,
            description=said["description"],
        )


def initial_of(goal: Goal) -> dict[str, Any]:
    """What the form of a stored goal shows at first."""
    by_percent = goal.percent is not None
    given = goal.baseline_kg is not None and not goal.baseline_months
    return {
        "id": goal.goal_id,
        "version": goal.version,
        "category": goal.category,
        "period": goal.period,
        "way": PERCENT if by_percent else KILOGRAMS,
        "target_kg": "" if by_percent else money.plain(goal.target_kg),
        "percent": money.plain(goal.percent) if goal.percent is not None else "",
        "baseline_kg": money.plain(goal.baseline_kg) if given and goal.baseline_kg is not None else "",
        "description": goal.description,
    }
