"""Filters of the lists of entries and factors, in the address."""

from django import forms

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS, EntryFilter
from core.forms import DaysForm

ESTIMATED, MEASURED = "estimated", "measured"
KINDS = (("", "All entries"), (ESTIMATED, "Estimates"), (MEASURED, "Measured"))
CATEGORY_CHOICES = tuple((each, CATEGORY_LABELS[each]) for each in CATEGORIES)
ANY_CATEGORY = (("", "All categories"), *CATEGORY_CHOICES)
LONGEST_SEARCH = 100


class EntriesFilter(DaysForm):
    """Which entries, by days of the user's time zone."""

    category = forms.ChoiceField(label="Category", required=False, choices=ANY_CATEGORY)
    kind = forms.ChoiceField(label="Kind", required=False, choices=KINDS)

    @property
    def wanted(self) -> EntryFilter:
        """What a valid filter says."""
        said = self.cleaned_data
        estimates = {ESTIMATED: True, MEASURED: False}.get(said["kind"])
        return EntryFilter(said["from"], said["to"], said["category"], estimates)


class FactorsFilter(forms.Form):
    """Which factors: by words, and by category."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Name, country or source"}),
    )
    category = forms.ChoiceField(label="Category", required=False, choices=ANY_CATEGORY)
