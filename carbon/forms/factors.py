"""The search of the factors."""

from django import forms

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS

LONGEST_SEARCH = 100


class FactorsFilter(forms.Form):
    """Which factors: by words, and by category."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Name, country or source"}),
    )
    category = forms.ChoiceField(
        label="Category",
        required=False,
        choices=[("", "All categories"), *((each, CATEGORY_LABELS[each]) for each in CATEGORIES)],
    )
