"""Filters of the staff's lists, in the address."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from core import clock
from core.forms import day_field
from portfolio.domain.quoted import Quoted
from portfolio.forms import asset_field


class EveryonesFilter(forms.Form):
    """Which trades: of one user, up to a UTC day."""

    user = forms.CharField(
        label="Of the user",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "search", "autocapitalize": "none", "data-shortcut": "search"}),
    )
    until = day_field("Up to the day")

    def clean_user(self) -> str:
        """The username as it is stored."""
        return str(self.cleaned_data["user"]).strip().lower()

    def clean_until(self) -> date | None:
        """The day, not later than today; None for none."""
        day: date | None = self.cleaned_data["until"]
        return None if day is None else min(day, clock.now().date())


class HoldersFilter(forms.Form):
    """Holders of which asset."""

    def __init__(self, *args: Any, assets: Iterable[Quoted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asset"] = asset_field(assets, any_label="Choose an asset")
