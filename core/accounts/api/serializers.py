"""Bodies of the account endpoints."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.accounts.domain import CARBON_BUDGET_PLACES, HOME_CURRENCIES, REFRESH_SECONDS, THEMES, ApiKey, User
from core.api.fields import MomentField, QuantityField
from core.api.serializers import StrictSerializer

SCOPES = ("read", "write")


class RegisterSerializer(StrictSerializer):
    """A new account."""

    username = serializers.CharField(max_length=254, help_text="3 to 30 letters a to z, digits and underscores.")
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, help_text="12 to 128 characters.")
    full_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    account = serializers.ChoiceField(
        ["practice", "empty"],
        required=False,
        help_text="`practice`, the default, starts with money to try orders with; `empty` is for a real book.",
    )
    home_currency = serializers.ChoiceField(
        HOME_CURRENCIES, required=False, help_text="Of expenses and budgets, for good; `usd` by default."
    )


class TokenSerializer(StrictSerializer):
    """A name and a password in exchange for an API key."""

    username = serializers.CharField(max_length=254, help_text="The username or the email address.")
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    name = serializers.CharField(max_length=200, required=False)
    scope = serializers.ChoiceField(SCOPES, required=False, help_text="`write` by default.")
    expires_at = MomentField(required=False, help_text="30 days from now by default.")


class NewApiKeySerializer(StrictSerializer):
    """A key to make."""

    name = serializers.CharField(max_length=200)
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
    """A new key, with the only sight of the key itself."""

    token = serializers.CharField(help_text="Send it as `Authorization: Bearer <token>`. It is not shown again.")


class ProfileSerializer(serializers.Serializer[User]):
    """The own account."""

    username = serializers.CharField()
    email = serializers.CharField()
    email_confirmed = serializers.BooleanField(help_text="Until it is, no notice is mailed to the address.")
    full_name = serializers.CharField()
    phone_number = serializers.CharField()
    role = serializers.CharField()
    status = serializers.CharField()
    account = serializers.CharField()
    currency = serializers.CharField(help_text="Of the portfolio.")
    home_currency = serializers.CharField(help_text="Of expenses and budgets; chosen at the sign-up for good.")
    time_zone = serializers.CharField()
    country = serializers.CharField()
    theme = serializers.CharField()
    privacy = serializers.BooleanField()
    refresh_seconds = serializers.IntegerField()
    carbon_budget_kg = QuantityField()
    cost_basis_method = serializers.CharField()
    created_at = MomentField()
    updated_at = MomentField()


class ProfileChangeSerializer(StrictSerializer):
    """What may be changed of the own account; what is not named stays."""

    full_name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    phone_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    currency = serializers.CharField(required=False)
    time_zone = serializers.CharField(required=False, help_text="An IANA name like `Europe/Lisbon`.")
    country = serializers.CharField(required=False, allow_blank=True, help_text="ISO 3166-1 alpha-2, like `PT`.")
    theme = serializers.ChoiceField(THEMES, required=False)
    privacy = serializers.BooleanField(required=False)
    refresh_seconds = serializers.ChoiceField(REFRESH_SECONDS, required=False)
    carbon_budget_kg = QuantityField(
        places=CARBON_BUDGET_PLACES, required=False, help_text="kg CO2e of a month, 1 to 100,000; `500` by default."
    )
    cost_basis_method = serializers.CharField(required=False)


class AddressTokenSerializer(StrictSerializer):
    """The token of the link that confirms an address: the last part of its path."""

    token = serializers.CharField(max_length=2000)


class ExportSerializer(serializers.Serializer[Any]):
    """Everything that is kept about the user, secrets aside."""

    username = serializers.CharField()
    exported_at = MomentField()
    tables = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))
