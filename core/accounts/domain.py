"""Who a user is, and what a name and a profile may look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from core import clock, currencies, money
from core.accounts.app_settings import defaults as setting_defaults
from core.accounts.reservations import KeptAddress

Role = Literal["user", "admin", "analyst", "moderator"]
Status = Literal["pending", "active", "suspended", "rejected", "closing"]
Account = Literal["practice", "empty", "sample"]
Theme = Literal["system", "light", "dark"]
KeyScope = Literal["read", "write"]

ROLES: tuple[Role, ...] = get_args(Role)
STATUSES: tuple[Status, ...] = get_args(Status)
SETTABLE_STATUSES = STATUSES[:-1]
"""`closing` is not among them: it is set by closing an account and ends with the account."""
THEMES: tuple[Theme, ...] = get_args(Theme)
SAMPLE_ADDRESSES = "@sample.invalid"
"""Ends the addresses of sample users: a domain that nobody has (RFC 2606)."""
CURRENCIES = (currencies.BASE.code,)
HOME_CURRENCIES = tuple(currencies.CURRENCIES)
REFRESH_SECONDS = (5, 10, 30, 60, 300)
CARBON_BUDGETS = (Decimal(1), Decimal(100_000))
"""The least and the most kg CO2e of a month's budget."""
CARBON_BUDGET_PLACES = 3

LONGEST_NAME = 100
USERNAME_RULE = "Use 3 to 30 characters: the letters a to z, digits and underscores."
PHONE_RULE = "Enter 10 to 15 digits, with the country code, or leave it empty."

_USERNAME = re.compile(r"[a-z0-9_]{3,30}")
_PHONE = re.compile(r"\d{10,15}")
_PHONE_PUNCTUATION = re.compile(r"[\s().+/-]")


@dataclass(frozen=True, slots=True)
class User:
    """One account. `username` is the identity, in lower case, and never changes.

    `credential_version` grows with every change of the password; a session or reset link of an older one is void.
    `home_currency` is that of expenses and budgets, chosen at the sign-up and never changed: no sum is converted.
    `app_settings` are the values of the settings that the apps bring, by name.
    `email_unconfirmed_since` is None for an address that is proved; `kept_addresses` are those before, oldest first.
    """

    username: str
    email: str
    full_name: str = ""
    phone_number: str = ""
    role: Role = "user"
    status: Status = "active"
    account: Account = "practice"
    currency: str = currencies.BASE.code
    home_currency: str = currencies.BASE.code
    time_zone: str = "UTC"
    country: str = ""
    theme: Theme = "system"
    privacy: bool = False
    refresh_seconds: int = 10
    carbon_budget_kg: Decimal = Decimal(500)
    app_settings: Mapping[str, str] = field(default_factory=setting_defaults, hash=False)
    created_at: datetime = field(default_factory=clock.now)
    updated_at: datetime = field(default_factory=clock.now)
    last_sign_in: datetime | None = None
    credential_version: int = 1
    password_hash: str = field(default="", repr=False)
    email_unconfirmed_since: datetime | None = None
    kept_addresses: tuple[KeptAddress, ...] = ()

    is_authenticated = True

    @property
    def is_active(self) -> bool:
        """Whether the account may be used now."""
        return self.status == "active"

    @property
    def email_confirmed(self) -> bool:
        """Whether the user has shown that mail to the address reaches them."""
        return self.email_unconfirmed_since is None

    @property
    def has_mailbox(self) -> bool:
        """Whether mail can reach the user; never that of a sample."""
        return not self.email.endswith(SAMPLE_ADDRESSES)

    @property
    def zone(self) -> ZoneInfo:
        """The zone that the user's days are of."""
        return ZoneInfo(self.time_zone)

    def has_role(self, *roles: Role) -> bool:
        """Whether one of these roles is the user's."""
        return self.role in roles


@dataclass(frozen=True, slots=True)
class Anonymous:
    """A visitor who is not signed in."""

    username: str = ""
    theme: Theme = "system"
    privacy: bool = False

    zone = ZoneInfo("UTC")
    is_authenticated = False
    is_active = False

    def has_role(self, *roles: Role) -> bool:
        """A visitor has none."""
        return False


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key for programs. The key itself is shown once and never kept; `key_hash` is what the store knows of it.

    `scope` "read" allows requests that change nothing, "write" all. `expires_at` None: until it is revoked.
    """

    key_hash: str = field(repr=False)
    key_id: str
    username: str
    name: str
    scope: KeyScope
    created_at: datetime
    expires_at: datetime | None = None

    def is_expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= now


def normal_username(text: str) -> str:
    """The username in the form that is stored. Raises ValueError with the rule."""
    username = text.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise ValueError(USERNAME_RULE)
    return username


def normal_phone_number(text: str) -> str:
    """Digits alone, 10 to 15 of them, or nothing. Raises ValueError with the rule."""
    digits = _PHONE_PUNCTUATION.sub("", text)
    if digits and not _PHONE.fullmatch(digits):
        raise ValueError(PHONE_RULE)
    return digits


def normal_carbon_budget(value: Decimal | None) -> Decimal | None:
    """The kg CO2e of a month, or None for the default. Raises ValueError outside 1 to 100,000, or finer than a gram."""
    least, most = CARBON_BUDGETS
    if value is not None and not (least <= value <= most and money.places(value) <= CARBON_BUDGET_PLACES):
        raise ValueError(f"Enter {least:,} to {most:,} kg, with at most {CARBON_BUDGET_PLACES} decimals.")
    return value


def normal_full_name(text: str) -> str:
    """The name without surrounding or doubled space. Raises ValueError when it is too long or not printable."""
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"Enter at most {LONGEST_NAME} printable characters.")
    return name
