"""Forms of the alerts. They shape what was typed; the terms check themselves."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from alerts.channels import outward
from alerts.domain.alert import Alert
from alerts.domain.conditions import MOST_PLACES, Choice, Condition, Field
from alerts.domain.terms import DEFAULT_COOLDOWN, LONGEST_NAME, LONGEST_NOTE, Frequency, Terms
from core.accounts.domain import User
from core.currencies import BASE
from core.forms import DecimalField, EditForm, MomentField, OnceForm, WholeField
from market.selectors import Asset

SECOND = timedelta(seconds=1)
MOST_DIGITS = 24
LOCAL_TIME = "%Y-%m-%dT%H:%M"

FREQUENCY_CHOICES = (
    (Frequency.ONCE.value, "Once"),
    (Frequency.EVERY.value, "Every time, after the cooldown"),
)


def _number(label: str, help_text: str = "", **more: Any) -> DecimalField:
    return DecimalField(
        label=label,
        help_text=help_text,
        max_digits=MOST_DIGITS,
        decimal_places=MOST_PLACES,
        widget=forms.NumberInput(attrs={"step": "any", "min": "0", "inputmode": "decimal"}),
        **more,
    )


class AlertForm(OnceForm, EditForm):
    """What a user sets of an alert, with the fields of one kind of condition."""

    condition_type = forms.CharField(required=False, widget=forms.HiddenInput)
    asset_id = forms.ChoiceField(label="Asset")
    frequency = forms.ChoiceField(
        label="How often", choices=FREQUENCY_CHOICES, initial=Frequency.ONCE.value, widget=forms.RadioSelect
    )
    cooldown = WholeField(
        label="Cooldown in seconds",
        initial=DEFAULT_COOLDOWN // SECOND,
        min_value=0,
        help_text="Further firings within this time are kept in the history without a notification.",
    )
    hysteresis = _number(
        f"Margin in {BASE}",
        "How far the price must move back beyond the threshold before the alert can fire again.",
        initial=Decimal(0),
    )
    outward = forms.MultipleChoiceField(
        label="Also notify me by",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    name = forms.CharField(max_length=LONGEST_NAME, required=False, help_text="Shown instead of the asset's name.")
    note = forms.CharField(
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sent with the notification.",
    )
    expires_at = MomentField(
        label="Ends at",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        help_text="In your time zone. Empty: no expiry.",
    )
    fire_if_true = forms.BooleanField(
        label="Fire immediately if the condition is already met",
        required=False,
        help_text="Otherwise it waits until the price crosses the threshold again.",
    )

    def __init__(self, *args: Any, kind: type[Condition], assets: Iterable[Asset], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["condition_type"].initial = kind.kind
        self.fields |= {field.name: _field_of(field) for field in kind.fields}
        self.order_fields(["id", "version", "condition_type", "asset_id", *(name for row in kind.rows for name in row)])
        asset, channels = self.fields["asset_id"], self.fields["outward"]
        assert isinstance(asset, forms.ChoiceField)
        assert isinstance(channels, forms.ChoiceField)
        asset.choices = [(each.asset_id, f"{each.name} ({each.symbol})") for each in assets]
        offered = outward()
        channels.choices = [(name, channel.label) for name, channel in offered.items()]
        channels.initial = [name for name, each in offered.items() if each.is_usual and not each.obstacle(user)]
        channels.help_text = " ".join(filter(None, (each.obstacle(user) for each in offered.values())))

    @property
    def condition_rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields of the condition as the page lays them out."""
        return ([self[name] for name in row] for row in self.kind.rows)

    @property
    def terms(self) -> Terms:
        """The terms that a valid form makes."""
        said = self.cleaned_data
        return Terms(
            condition=self.kind.of(said),
            frequency=Frequency(said["frequency"]),
            cooldown=said["cooldown"] * SECOND,
            hysteresis=said["hysteresis"],
            expires_at=said["expires_at"],
            channels=tuple(said["outward"]),
            name=said["name"],
            note=said["note"],
            fire_if_true=said["fire_if_true"],
        )


def initial_of(alert: Alert) -> dict[str, Any]:
    """What the form of a stored alert shows at first."""
    terms = alert.terms
    return {
        "version": alert.terms_version,
        "asset_id": alert.asset_id,
        **terms.condition.values,
        "frequency": terms.frequency.value,
        "cooldown": terms.cooldown // SECOND,
        "hysteresis": terms.hysteresis,
        "outward": [name for name in terms.channels if name in outward()],
        "name": terms.name,
        "note": terms.note,
        "expires_at": terms.expires_at and timezone.localtime(terms.expires_at),
        "fire_if_true": terms.fire_if_true,
    }


def _field_of(field: Field) -> forms.Field:
    if isinstance(field, Choice):
        choices = list(field.options.items())
        return forms.ChoiceField(label=field.label, choices=choices, initial=field.default, help_text=field.help_text)
    return _number(field.label, field.help_text)


class TestForm(OnceForm):
    """One test message: a button pressed twice sends one."""
