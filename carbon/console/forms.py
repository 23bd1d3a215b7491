"""Forms about factors. They shape what was typed; the services judge it."""

from typing import Any

from django import forms

from carbon.domain.entry import CATEGORIES
from carbon.domain.factor_draft import FactorDraft
from carbon.selectors import Factor
from core.console.forms import ReasonForm
from core.forms import NumberField, WholeField

LONGEST_TYPED = 600
PREFILLED = ("activity", "label", "category", "unit", "region", "year", "source", "licence", "note")


def _text(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=LONGEST_TYPED, help_text=help_text, required=required, widget=widget)


class FactorForm(ReasonForm):
    """A new factor, or a new version of one."""

    activity = _text("Activity", "Its name in the product, like car_petrol.")
    label = _text("Label", "Shown to people.")
    category = forms.ChoiceField(label="Category", choices=[(each, each.capitalize()) for each in CATEGORIES])
    region = _text("Region", "A country by its two capital letters, or world.")
    unit = _text("Unit", "Like kwh, litre, kg, passenger_km or vehicle_km.")
    kg_direct = NumberField(label="kg CO2e of one unit, direct")
    kg_fuel_supply = NumberField(label="kg CO2e of the fuel's supply", required=False)
    year = WholeField(label="Year of the figure", min_value=1, max_value=9999)
    best_before = forms.DateField(
        label="Best before",
        help_text="After this day, look for a newer factor.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = _text("Source")
    licence = _text("Licence")
    note = _text("Note", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])  # which is asked for last

    @staticmethod
    def initial_of(factor: Factor) -> dict[str, Any]:
        """What a new version of a factor has from the one before; the figures and their date are to be typed."""
        return {name: getattr(factor, name) for name in PREFILLED}

    @property
    def draft(self) -> FactorDraft:
        """The factor that was typed."""
        return FactorDraft(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})
