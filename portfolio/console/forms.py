"""Filters of the staff's lists, in the address."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from core import clock
from portfolio.domain.quoted import Quoted


class EveryonesFilter(forms.Form):
    """Which trades: of one user, up to a UTC day."""

    user = forms.CharField(
        label="Of the user",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "search", "autocapitalize": "none", "data-shortcut": "search"}),
    )
    until = forms.DateField(
        label="Up to the day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_user(self) -> str:
        """The username as it is stored."""
        return str(self.cleaned_data["user"]).strip().lower()

    def clean_until(self) -> date | None:
        """The day, not later than today; None for none. Raises ValidationError for one before every trade."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day < clock.FIRST_DAY:
            raise forms.ValidationError("Choose a day from 1970 on.")
        return min(day, clock.now().date())


class HoldersFilter(forms.Form):
    """Holders of which asset."""

    def __init__(self, *args: Any, assets: Iterable[Quoted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose an asset"), *((asset.asset_id, f"{asset.name} ({asset.symbol})") for asset in assets)]
        self.fields["asset"] = forms.ChoiceField(choices=choices, required=False)
