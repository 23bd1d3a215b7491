"""Forms of the account pages. They parse the input; the services check it."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.accounts import places
from core.accounts.app_settings import app_settings
from core.accounts.domain import REFRESH_SECONDS, User
from core.currencies import BASE, CURRENCIES
from core.forms import OnceForm

ACCOUNT_CHOICES = (
    ("practice", "Practice: start with play money"),
    ("empty", "Empty: enter your real trades"),
)
HOME_CURRENCY_CHOICES = [(code, f"{currency}, {currency.name}") for code, currency in CURRENCIES.items()]
THEME_CHOICES = (("system", "Like my device"), ("light", "Light"), ("dark", "Dark"))
KEY_LIVES = (("30", "30 days"), ("90", "90 days"), ("365", "One year"), ("never", "Until I revoke it"))
LONGEST_PASSWORD_FIELD = 1000
"""Longer than any password allowed, so that the rule itself can say what is wrong."""


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD_FIELD,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _name(autocomplete: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"})


def _email(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.CharField(label=label, max_length=320, widget=widget, help_text=help_text)


def _new_password(label: str = "Password") -> forms.CharField:
    return _password(label, "new-password", "At least 12 characters, for example a few random words.")


class SignInForm(forms.Form):
    """A name and a password."""

    identifier = forms.CharField(label="Username or email address", max_length=254, widget=_name("username"))
    password = _password("Password", "current-password")
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class SignUpForm(forms.Form):
    """What a new account needs."""

    username = forms.CharField(
        max_length=254,
        widget=_name("username"),
        help_text="3 to 30 letters a to z, digits and underscores. Cannot be changed later.",
    )
    email = _email("Email address", "For alerts and a forgotten password.")
    password = _new_password()
    account = forms.ChoiceField(
        label="Start with", choices=ACCOUNT_CHOICES, initial="practice", widget=forms.RadioSelect
    )
    home_currency = forms.ChoiceField(
        label="Currency of expenses and budgets",
        choices=HOME_CURRENCY_CHOICES,
        initial=BASE.code,
        help_text="Cannot be changed later. Amounts are not converted.",
    )


class PasswordChangeForm(forms.Form):
    """The old and a new password."""

    current_password = _password("Current password", "current-password")
    new_password = _new_password("New password")


class PasswordResetRequestForm(forms.Form):
    """The address to which a link is mailed."""

    email = _email("Email address")


class PasswordResetForm(forms.Form):
    """A new password."""

    new_password = _new_password("New password")


class EmailChangeForm(forms.Form):
    """A new address, confirmed by the password."""

    email = _email("New email address")
    password = _password("Current password", "current-password")


class ProfileForm(forms.Form):
    """Who the user is, and how the pages look to them."""

    full_name = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone_number = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="With the country code, 10 to 15 digits.",
    )
    country = forms.ChoiceField(required=False)
    time_zone = forms.ChoiceField(help_text="Days and months on your pages use this time zone.")
    theme = forms.ChoiceField(choices=THEME_CHOICES, widget=forms.RadioSelect)
    privacy = forms.BooleanField(
        label="Privacy mode", required=False, help_text="Hides amounts and quantities, not percentages."
    )
    refresh_seconds = forms.TypedChoiceField(
        label="New prices every",
        coerce=int,
        help_text="Up to 10 seconds: as they arrive. Above that: at most this often.",
    )

    carbon_budget_kg = forms.DecimalField(
        label="Monthly carbon budget, kg CO2e",
        required=False,
        help_text="1 to 100,000 kg. Empty means 500.",
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={name: getattr(user, name) for name in self.base_fields})
        zones = places.time_zones()
        kept = () if user.time_zone in zones else (user.time_zone,)
        self._offer("country", [("", "Not given"), *places.countries().items()])
        self._offer("time_zone", [(zone, zone.replace("_", " ")) for zone in (*kept, *zones)])
        self._offer("refresh_seconds", [(seconds, _duration(seconds)) for seconds in REFRESH_SECONDS])
        self._brought = [each for each in app_settings() if len(each.choices()) > 1]
        for each in self._brought:
            chosen = user.app_settings[each.name]
            self.fields[each.name] = forms.ChoiceField(
                label=each.label, choices=list(each.choices().items()), initial=chosen
            )

    def brought(self) -> list[BoundField]:
        """The settings of the apps that leave a choice."""
        return [self[each.name] for each in self._brought]

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ApiKeyForm(OnceForm):
    """A key for a program. A form that is sent twice, or a page that is loaded again, is one key."""

    name = forms.CharField(max_length=200, help_text="What will use it, for your own reference.")
    scope = forms.ChoiceField(
        label="It may",
        choices=(("read", "Read only"), ("write", "Read and write")),
        initial="read",
        widget=forms.RadioSelect,
    )
    life = forms.ChoiceField(label="Valid for", choices=KEY_LIVES, initial="90")


class CloseForm(forms.Form):
    """The password, to close the account."""

    password = _password("Current password", "current-password")


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if rest or not minutes:
        return f"{seconds} seconds"
    return "minute" if minutes == 1 else f"{minutes} minutes"
