"""Bodies of the account endpoints."""

from typing import Any

from rest_framework import serializers

from core.accounts.app_settings import app_settings
from core.accounts.domain import (
    CARBON_BUDGET_PLACES,
    CARBON_BUDGETS,
    CURRENCIES,
    HOME_CURRENCIES,
    LONGEST_NAME,
    PHONE_RULE,
    REFRESH_SECONDS,
    THEMES,
    USERNAME_RULE,
    ApiKey,
    User,
)
from core.accounts.email_form import EMAIL_RULE, LONGEST_EMAIL
from core.accounts.services.api_keys import LONGEST_KEY_NAME
from core.api.fields import MomentField, QuantityField
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField
from core.currencies import BASE
from core.usage.selectors import Used

SCOPES = ("read", "write")
PHONE = r"^[ ().+/-]*([0-9][ ().+/-]*){10,15}$"
KEY_RULES = {"name": "Printable characters.", "expires_at": "In the future."}


class AddressField(TextField):
    """An email address."""

    def __init__(self, **kwargs: Any) -> None:
        part = r"[^\s@<>,;:\"()\[\]\\\x00-\x20]+"
        super().__init__(max_length=LONGEST_EMAIL, pattern=rf"^{part}@{part}\.{part}$", wrong=EMAIL_RULE, **kwargs)

    def taken(self) -> dict[str, Any]:
        """An address with its length."""
        return {**super().taken(), "format": "email"}


class RegisterSerializer(StrictSerializer):
    """A new account."""

    rules = {
        "email": "One that mail can be sent to.",
        "password": "Not a common one, not of digits alone, not like the name or the address.",
        "full_name": "Printable characters.",
    }

    username = TextField(max_length=30, pattern="^[A-Za-z0-9_]{3,30}$", wrong=USERNAME_RULE)
    email = AddressField()
    password = TextField(min_length=12, max_length=128, trim_whitespace=False)
    full_name = TextField(max_length=LONGEST_NAME, required=False, allow_blank=True)
    account = serializers.ChoiceField(
        ["practice", "empty"],
        required=False,
        help_text="`practice`, the default, starts with money to try orders with; `empty` is for your real trades.",
    )
    home_currency = serializers.ChoiceField(
        HOME_CURRENCIES,
        required=False,
        help_text=f"Of expenses and budgets; cannot be changed later. `{BASE.code}` by default.",
    )


class TokenSerializer(StrictSerializer):
    """A name and a password in exchange for an API key."""

    rules = KEY_RULES

    username = TextField(max_length=254, help_text="The username or the email address.")
    password = TextField(max_length=1000, trim_whitespace=False)
    name = TextField(max_length=LONGEST_KEY_NAME, required=False)
    scope = serializers.ChoiceField(SCOPES, required=False, help_text="`write` by default.")
    expires_at = MomentField(required=False, help_text="30 days from now by default.")


class NewApiKeySerializer(StrictSerializer):
    """A new key."""

    rules = KEY_RULES

    name = TextField(max_length=LONGEST_KEY_NAME)
    scope = serializers.ChoiceField(SCOPES, required=False, help_text="`read` by default.")
    expires_at = MomentField(required=False, allow_null=True, help_text="Absent or null: until it is revoked.")


class ApiKeySerializer(serializers.Serializer[ApiKey]):
    """A key as it is listed; the key itself is never shown again."""

    id = serializers.CharField(source="key_id")
    name = serializers.CharField()
    scope = serializers.ChoiceField(SCOPES)
    created_at = MomentField()
    expires_at = MomentField(allow_null=True)


class IssuedKeySerializer(ApiKeySerializer):
    """A new key, the only time with the key itself."""

    token = serializers.CharField(help_text="Send it as `Authorization: Bearer <token>`. It is not shown again.")


class ProfileSerializer(serializers.Serializer[User]):
    """The own account."""

    username = serializers.CharField()
    email = serializers.CharField()
    email_confirmed = serializers.BooleanField(help_text="Until it is true, notifications are not mailed.")
    full_name = serializers.CharField()
    phone_number = serializers.CharField()
    role = serializers.CharField()
    status = serializers.CharField()
    account = serializers.CharField()
    currency = serializers.CharField(help_text="Of the portfolio.")
    home_currency = serializers.CharField(help_text="Of expenses and budgets; chosen at the sign-up.")
    time_zone = serializers.CharField()
    country = serializers.CharField()
    theme = serializers.CharField()
    privacy = serializers.BooleanField()
    refresh_seconds = serializers.IntegerField()
    carbon_budget_kg = QuantityField()
    created_at = MomentField()
    updated_at = MomentField()

    def get_fields(self) -> dict[str, Any]:
        """With the settings that the apps bring."""
        brought = {each.name: serializers.CharField(source=f"app_settings.{each.name}") for each in app_settings()}
        return {**super().get_fields(), **brought}


class ProfileChangeSerializer(StrictSerializer):
    """What may be changed of the own account; what is not named stays."""

    rules = {
        "full_name": "Printable characters.",
        "time_zone": "A name in the tz database.",
        "country": "The code of a country.",
    }

    full_name = TextField(required=False, allow_blank=True, max_length=LONGEST_NAME)
    phone_number = TextField(required=False, allow_blank=True, max_length=40, pattern=PHONE, wrong=PHONE_RULE)
    currency = serializers.ChoiceField(CURRENCIES, required=False)
    time_zone = TextField(required=False, max_length=64, help_text="An IANA name like `Europe/Lisbon`.")
    country = TextField(
        required=False,
        allow_blank=True,
        max_length=2,
        pattern="^[A-Z]{2}$",
        wrong="Enter two capital letters, like PT.",
        help_text="ISO 3166-1 alpha-2, like `PT`.",
    )
    theme = serializers.ChoiceField(THEMES, required=False)
    privacy = serializers.BooleanField(required=False)
    refresh_seconds = serializers.ChoiceField(REFRESH_SECONDS, required=False)
    carbon_budget_kg = QuantityField(
        places=CARBON_BUDGET_PLACES,
        least=CARBON_BUDGETS[0],
        most=CARBON_BUDGETS[1],
        required=False,
        help_text="kg CO2e of a month; `500` by default.",
    )

    def get_fields(self) -> dict[str, Any]:
        """With the settings that the apps bring."""
        brought = {each.name: serializers.ChoiceField(list(each.choices()), required=False) for each in app_settings()}
        return {**super().get_fields(), **brought}


class AddressTokenSerializer(StrictSerializer):
    """The token of the link that confirms an address: the last part of its path."""

    token = TextField(max_length=2000)


class UsedSerializer(serializers.Serializer[Used]):
    """How much of one figure is kept, and the limit."""

    used = serializers.IntegerField()
    limit = serializers.IntegerField()


class UsageSerializer(serializers.Serializer[Any]):
    """What the account keeps, beside its quotas."""

    usage = serializers.DictField(
        child=UsedSerializer(),
        help_text="By figure: `bytes` of receipts and imports, `files`, `rows`, `open_imports`, `api_keys`, `goals`. "
        "What is deleted counts until it leaves the trash.",
    )


class CloseSerializer(StrictSerializer):
    """The password, to close the account."""

    rules = {"password": "The current password of the account."}

    password = TextField(max_length=1000, trim_whitespace=False)
