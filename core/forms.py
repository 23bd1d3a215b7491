"""Fields and forms that pages of all apps are made of."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from core import money
from core.clock import FIRST_DAY, LAST_DAY
from core.ids import new_id


class NumberField(forms.CharField):
    """An exact number, typed as text so that phones and separators do not bend it; cleans to a Decimal."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """The number; None for an optional field left empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return money.parse(text)
        except ValueError as error:
            raise forms.ValidationError("Enter a number like 1250.50, without separators.") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether it is another number: 5 and 5.00 are the same."""
        try:
            return money.parse(str(initial)) != money.parse(str(data))
        except ValueError:
            return super().has_changed(initial, data)


class WholeField(forms.IntegerField):
    """A whole number of the digits 0 to 9."""

    def to_python(self, value: Any) -> int | None:
        """The number; None for nothing. Raises ValidationError."""
        try:
            return None if value in self.empty_values else money.parse_whole(str(value))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class DecimalField(forms.DecimalField):
    """An exact number as `core.money.parse` takes one, from the browser's field for numbers."""

    def to_python(self, value: Any) -> Any:
        """The number; None for nothing. Raises ValidationError."""
        try:
            return None if value in self.empty_values else money.parse(value)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class MomentField(forms.DateTimeField):
    """A time in the user's zone; the first of two, where clocks are put back."""

    def to_python(self, value: Any) -> Any:
        """The moment, aware. Raises ValidationError, also for a time that is skipped where clocks are put forward."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone" or error.params is None:
                raise
            typed = error.params["datetime"]
            if not _occurs(typed):
                raise
            return typed.replace(tzinfo=timezone.get_current_timezone(), fold=0)


class OnceForm(forms.Form):
    """A form that makes something: its hidden id makes a repeated submit the same thing. The service checks the id."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_id)

    def renew_id(self) -> None:
        """Give it a new id, with which it is a new request when it is sent again."""
        _put(self, "id", new_id())


class EditForm(forms.Form):
    """A form that changes something: `version` is the one that its page showed.

    `initial` is what is stored now, with its version, also when the form was sent.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    is_overtaken = False

    @property
    def seen(self) -> int:
        """The version that the page showed, as a number; 0 for a form without one."""
        try:
            return money.parse_whole(self.cleaned_data["version"])
        except ValueError:
            return 0

    def catch_up(self) -> None:
        """Have the page show it beside what is stored now; sent again, it replaces that."""
        _put(self, "version", self.initial["version"])
        self.is_overtaken = True

    @property
    def differing(self) -> list[BoundField]:
        """The fields whose stored value is another than the one that was typed."""
        return [bound for bound in self if bound.name in self.initial.keys() - {"version"} and _differs(bound)]


class DaysForm(forms.Form):
    """A range of days, both included, as a filter in the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = day_field("From")
        self.fields["to"] = day_field("To")

    def clean(self) -> dict[str, Any]:
        """The days. Adds an error where the range ends before it begins."""
        cleaned = super().clean() or {}
        if cleaned.get("from") and cleaned.get("to") and cleaned["from"] > cleaned["to"]:
            self.add_error("to", "Choose a day that is not before the first.")
        return cleaned


def day_field(label: str) -> forms.DateField:
    """An optional day, chosen in the browser's calendar."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[_check_within_calendar],
    )


def _put(form: forms.Form, name: str, value: object) -> None:
    """Have a form that was sent be shown with this value of a hidden field."""
    data: Any = form.data
    form.data = changed = data.copy()
    changed[name] = value


def _differs(bound: BoundField) -> bool:
    stored = bound.field.widget.format_value(bound.initial)  # as a browser would send it: a time to the minute
    typed = bound.data.replace("\r\n", "\n") if isinstance(bound.data, str) else bound.data
    return stored != typed and bound.field.has_changed(bound.initial, typed)


def _occurs(typed: datetime) -> bool:
    """Whether clocks in the user's zone ever show this time."""
    zone = timezone.get_current_timezone()
    try:
        shown = typed.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    except (OverflowError, ValueError):
        return False
    return shown.replace(tzinfo=None) == typed


def _check_within_calendar(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError("Choose a day between 1970 and 9998.")
