"""The form that enters and changes an entry."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from carbon.domain.emission import MOST_PERSONS
from carbon.domain.entry import LONGEST_DESCRIPTION, Entry, EntryDraft
from carbon.presentation.catalogue import Choice
from core.accounts import places
from core.forms import EditForm, MomentField, NumberField, OnceForm, WholeField

LOCAL_TIME = "%Y-%m-%dT%H:%M"


class EntryForm(OnceForm, EditForm):
    """How much of one activity, when."""

    activity = forms.CharField(max_length=100, widget=forms.HiddenInput)
    amount = NumberField(label="How much")
    unit = forms.ChoiceField(label="Unit")
    occupancy = WholeField(
        label="Persons in the vehicle",
        initial=1,
        min_value=1,
        max_value=MOST_PERSONS,
        help_text="Emissions are divided by the number of people, including you.",
    )
    region = forms.ChoiceField(
        label="Country", required=False, help_text="Where the power came from. It sets the factor."
    )
    timestamp = MomentField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        help_text="In your time zone.",
    )
    description = forms.CharField(label="Description", required=False, max_length=LONGEST_DESCRIPTION)

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = choice.units
        unit.error_messages["invalid_choice"] = (
            f"%(value)s does not fit this activity. Choose one of {', '.join(name for name, _ in choice.units)}."
        )
        if not choice.is_per_vehicle:
            del self.fields["occupancy"]
        if choice.is_regional:
            region = self.fields["region"]
            assert isinstance(region, forms.ChoiceField)
            region.choices = [("", "From my settings"), *places.countries().items()]
        else:
            del self.fields["region"]

    @property
    def draft(self) -> EntryDraft:
        """What a valid form says."""
        said = self.cleaned_data
        return EntryDraft(
            timestamp=said["timestamp"],
            activity=said["activity"],
            amount=said["amount"],
            unit=said["unit"],
            description=said["description"],
            occupancy=said.get("occupancy", 1),
            region=said.get("region", ""),
        )


def initial_of(entry: Entry) -> dict[str, Any]:
    """What the form of a stored entry shows at first."""
    return {
        "version": entry.version,
        "activity": entry.activity,
        "amount": f"{entry.amount.normalize():f}",
        "unit": entry.unit,
        "occupancy": entry.occupancy,
        "region": entry.region,
        "timestamp": timezone.localtime(entry.timestamp),
        "description": entry.description,
    }


def local_text(moment: datetime) -> str:
    """A time as the form shows it: in the user's zone, to the minute."""
    return f"{timezone.localtime(moment):{LOCAL_TIME}}"
