"""The form that sets and changes a goal."""

from typing import Any

from django import forms

from carbon.domain.entry import LONGEST_DESCRIPTION
from carbon.domain.goal import ALL, Goal, GoalDraft
from carbon.forms.filters import CATEGORY_CHOICES
from core import money
from core.forms import EditForm, NumberField, OnceForm

KILOGRAMS, PERCENT = "kg", "percent"
PERIODS = (("daily", "A day"), ("weekly", "A week, starting Monday"), ("monthly", "A month"), ("yearly", "A year"))
FIGURES = {KILOGRAMS: "target_kg", PERCENT: "percent"}
"""By way, the field that it cannot do without."""
OF_THE_OTHER = {KILOGRAMS: ("percent", "baseline_kg"), PERCENT: ("target_kg",)}
"""By way, the fields that it does not use."""
WAYS = ((KILOGRAMS, "At most this many kg"), (PERCENT, "Percent less than before"))


class GoalForm(OnceForm, EditForm):
    """How much a period may emit: in kg, or in percent under what it was before."""

    category = forms.ChoiceField(label="Of", choices=((ALL, "Everything"), *CATEGORY_CHOICES))
    period = forms.ChoiceField(label="In", choices=PERIODS, initial="monthly")
    way = forms.ChoiceField(label="Limit", choices=WAYS, initial=KILOGRAMS, widget=forms.RadioSelect)
    target_kg = NumberField(label="Kg CO₂e at most")
    percent = NumberField(label="Percent less", help_text="10 means 10 % less.")
    baseline_kg = NumberField(
        label="Less than",
        required=False,
        help_text="kg CO₂e of one period. Empty: the average of your last three months.",
    )
    description = forms.CharField(label="Name", required=False, max_length=LONGEST_DESCRIPTION)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for way, name in FIGURES.items():
            self.fields[name].required = not self.is_bound or self.data.get("way") == way

    def clean(self) -> dict[str, Any]:
        """The values; what the fields of the other way say does not matter."""
        said = super().clean() or {}
        for name in OF_THE_OTHER.get(said.get("way", ""), ()):
            self.errors.pop(name, None)
            said[name] = None
        return said

    @property
    def draft(self) -> GoalDraft:
        """What a valid form says; the figures of the way that was not chosen are left out."""
        names = ("category", "period", "target_kg", "percent", "baseline_kg", "description")
        return GoalDraft(**{name: self.cleaned_data[name] for name in names})


def initial_of(goal: Goal) -> dict[str, Any]:
    """What the form of a stored goal shows at first."""
    by_percent = goal.percent is not None
    given = goal.baseline_kg is not None and not goal.baseline_months
    return {
        "version": goal.version,
        "category": goal.category,
        "period": goal.period,
        "way": PERCENT if by_percent else KILOGRAMS,
        "target_kg": "" if by_percent else money.plain(goal.target_kg),
        "percent": money.plain(goal.percent) if goal.percent is not None else "",
        "baseline_kg": money.plain(goal.baseline_kg) if given and goal.baseline_kg is not None else "",
        "description": goal.description,
    }
