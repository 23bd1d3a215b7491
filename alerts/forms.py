"""Forms of the alerts. They shape what was typed; the terms themselves are judged with the alert."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from alerts.channels import CHANNELS, OUTWARD, in_order
from alerts.domain.alert import Alert
from alerts.domain.terms import (
    DEFAULT_COOLDOWN,
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_PLACES,
    ChannelKind,
    Frequency,
    PriceCondition,
    Terms,
)
from alerts.wording import OPERATORS
from core.forms import DecimalField, EditForm, MomentField, OnceForm, WholeField
from market.selectors import Asset
from market.triggers.watch import Operator, PriceType

NO_MAIL = "A sample account gets no mail."
SECOND = timedelta(seconds=1)
MOST_DIGITS = 24
LOCAL_TIME = "%Y-%m-%dT%H:%M"

PRICE_TYPE_CHOICES = (
    (PriceType.CLOSE.value, "Price: each new price"),
    (PriceType.HIGH.value, "High: also a touch from below"),
    (PriceType.LOW.value, "Low: also a touch from above"),
    (PriceType.OPEN.value, "Open of each minute"),
)
FREQUENCY_CHOICES = (
    (Frequency.ONCE.value, "Once, then it is done"),
    (Frequency.EVERY.value, "Every time, after a pause"),
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
    """What a user sets of an alert."""

    asset_id = forms.ChoiceField(label="Asset")
    price_type = forms.ChoiceField(
        label="Watch",
        choices=PRICE_TYPE_CHOICES,
        initial=PriceType.CLOSE.value,
        help_text="High below a threshold, and low above one, are judged when a minute is over.",
    )
    operator = forms.ChoiceField(
        label="Fires when it is",
        choices=[(operator.value, f"{words} ({operator.value})") for operator, words in OPERATORS.items()],
        initial=Operator.ABOVE.value,
    )
    threshold = _number("Threshold in USD")
    frequency = forms.ChoiceField(
        label="How often", choices=FREQUENCY_CHOICES, initial=Frequency.ONCE.value, widget=forms.RadioSelect
    )
    cooldown = WholeField(
        label="Cooldown in seconds",
        initial=DEFAULT_COOLDOWN // SECOND,
        min_value=0,
        help_text="After a firing, others within this time are kept in the history but not told.",
    )
    hysteresis = _number(
        "Margin in USD",
        "How far the price must go back beyond the threshold before the alert can fire again.",
        initial=Decimal(0),
    )
    outward = forms.MultipleChoiceField(
        label="Tell me, besides under Notifications, by",
        choices=[(kind.value, CHANNELS[kind].label) for kind in OUTWARD],
        initial=[ChannelKind.EMAIL.value],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    name = forms.CharField(max_length=LONGEST_NAME, required=False, help_text="Shown instead of the asset's name.")
    note = forms.CharField(
        max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Told with it."
    )
    expires_at = MomentField(
        label="Ends at",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        help_text="In your time zone. Empty: no end.",
    )
    fire_if_true = forms.BooleanField(
        label="Fire at once if it holds already",
        required=False,
        help_text="Otherwise it waits until the price has gone back and comes again.",
    )

    def __init__(self, *args: Any, assets: Iterable[Asset], has_mailbox: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_mailbox:
            self.fields["outward"].initial = []
            self.fields["outward"].help_text = NO_MAIL
        field = self.fields["asset_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(asset.asset_id, f"{asset.name} ({asset.symbol})") for asset in assets]

    @property
    def terms(self) -> Terms:
        """What a valid form says."""
        said = self.cleaned_data
        return Terms(
            condition=PriceCondition(Operator(said["operator"]), said["threshold"], PriceType(said["price_type"])),
            frequency=Frequency(said["frequency"]),
            cooldown=said["cooldown"] * SECOND,
            hysteresis=said["hysteresis"],
            expires_at=said["expires_at"],
            channels=in_order(ChannelKind(kind) for kind in said["outward"]),
            name=" ".join(said["name"].split()),
            note=said["note"],
            fire_if_true=said["fire_if_true"],
        )


def initial_of(alert: Alert) -> dict[str, Any]:
    """What the form of a stored alert shows at first."""
    terms = alert.terms
    return {
        "version": alert.terms_version,
        "asset_id": alert.asset_id,
        "price_type": terms.condition.price_type.value,
        "operator": terms.condition.operator.value,
        "threshold": terms.condition.threshold,
        "frequency": terms.frequency.value,
        "cooldown": terms.cooldown // SECOND,
        "hysteresis": terms.hysteresis,
        "outward": [kind.value for kind in terms.channels if kind in OUTWARD],
        "name": terms.name,
        "note": terms.note,
        "expires_at": terms.expires_at and timezone.localtime(terms.expires_at),
        "fire_if_true": terms.fire_if_true,
    }


class TestForm(OnceForm):
    """One test message: a button pressed twice sends one."""
