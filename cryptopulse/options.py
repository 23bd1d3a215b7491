"""Every option of the product: name, default, meaning and how its value is read.

A value that makes no sense stops the start with a sentence that names the option and says why.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name in the environment, the text of its default, and what it does."""

    name: str
    default: str
    about: str
    least: Decimal | None = None


ALL: tuple[Option, ...] = (
    Option(
        "DATASTORE_URL",
        "sqlite:///var/cryptopulse.sqlite3",
        "Where the data lives: `sqlite:///PATH`, `memory://` or `dynamodb://REGION?prefix=CryptoPulse_&endpoint=URL`.",
    ),
    Option(
        "STORE_RETRY_SECONDS",
        "10",
        "How long a throttled or contended write is tried again before the answer is 503.",
        Decimal(0),
    ),
    Option(
        "REDIS_URL",
        "",
        "Empty: one process does everything. `redis://HOST:PORT/0`: web, worker and beat run as processes of their own.",
    ),
    Option(
        "MARKET_FEED",
        "simulated",
        "Price feeds, tried in order, comma-separated: `simulated` or `replay:CSV?asset=bitcoin&zone=UTC&speed=60`.",
    ),
    Option("MARKET_POLL_SECONDS", "5", "Seconds between two looks at the feed.", Decimal("0.2")),
    Option("OPENING_BALANCE", "10000", "What a practice account starts with.", Decimal(0)),
    Option(
        "REQUIRE_APPROVAL", "false", "Whether an administrator must approve a new account before its first sign-in."
    ),
    Option("ORDER_FEE_BASIS_POINTS", "0", "Fee of an order, in hundredths of a percent of its amount.", Decimal(0)),
    Option("ORDER_LEAST", "1", "The smallest amount of one order.", Decimal("0.01")),
    Option("ORDER_MOST", "10000", "The largest amount of one order.", Decimal("0.01")),
    Option("DEPOSIT_DAILY_LIMIT", "10000", "Deposits of a practice account within one UTC day.", Decimal(0)),
    Option("WITHDRAWAL_DAILY_LIMIT", "5000", "Withdrawals of a practice account within one UTC day.", Decimal(0)),
    Option("ALERTS_PER_USER", "100", "How many alerts one user may have.", Decimal(1)),
    Option(
        "DELIVERY_LEASE_SECONDS",
        "60",
        "How long a worker may take to send one message before another tries it.",
        Decimal(1),
    ),
    Option(
        "EMAIL_URL",
        "consolemail://",
        "Where mail goes: `consolemail://`, `filemail:///PATH`, `smtp+tls://USER:PASSWORD@HOST:587`.",
    ),
    Option("DEFAULT_FROM_EMAIL", "CryptoPulse <pulse@localhost>", "The sender of mail."),
    Option(
        "PUBLIC_URL",
        "http://localhost:8000",
        "The address under which users reach the site; links in mails start with it.",
    ),
    Option("DEBUG", "false", "Django's debug mode; never where others can reach the site."),
    Option("SECRET_KEY", "", "Signs sessions and links. Empty: made once and kept in `var/secret_key`."),
    Option("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Host names the site answers to, comma-separated."),
    Option("CSRF_TRUSTED_ORIGINS", "", "Origins that may post forms through a proxy, comma-separated, with scheme."),
    Option("SECURE_COOKIES", "false", "Set to true behind HTTPS: cookies then travel over HTTPS alone."),
    Option("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
)


class Options:
    """The options as the environment and `.env` give them.

    Each reader raises ImproperlyConfigured with a sentence that says which option is wrong and why.
    """

    def __init__(self, options: tuple[Option, ...], env_file: Path) -> None:
        self._options = {option.name: option for option in options}
        self._env = environ.Env()
        if env_file.exists():
            environ.Env.read_env(env_file)

    def text(self, name: str) -> str:
        """The value as text, without surrounding space."""
        text: str = self._env.str(name, default=self._options[name].default)
        return text.strip()

    def words(self, name: str) -> list[str]:
        """The value as a list, split at commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self.text(name).lower()
        if value in ("true", "1", "yes", "on"):
            return True
        if value in ("false", "0", "no", "off", ""):
            return False
        raise ImproperlyConfigured(f"{name} is {value!r}: write true or false.")

    def decimal(self, name: str) -> Decimal:
        """A finite number, not below the option's least value."""
        return self._number(name, Decimal, "a number")

    def number(self, name: str) -> int:
        """A whole number, not below the option's least value."""
        return int(self._number(name, int, "a whole number"))

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of the choices, in upper case."""
        value = self.text(name).upper()
        if value not in choices:
            raise ImproperlyConfigured(f"{name} is {value!r}: write one of {', '.join(choices)}.")
        return value

    def mail(self) -> dict[str, Any]:
        """Django's EMAIL_ settings from EMAIL_URL."""
        try:
            return dict(self._env.email_url("EMAIL_URL", default=self._options["EMAIL_URL"].default))
        except (KeyError, ValueError) as error:
            raise ImproperlyConfigured(
                f"EMAIL_URL is {self.text('EMAIL_URL')!r}: write for example {self._options['EMAIL_URL'].default}."
            ) from error

    def secret_key(self, path: Path) -> str:
        """SECRET_KEY, or the one kept at `path`, made there on the first start."""
        if key := self.text("SECRET_KEY"):
            return key
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
                path.write_text(secrets.token_urlsafe(50))
            return path.read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"SECRET_KEY is not set and {path} cannot be written: {error}.") from error

    def _number(self, name: str, kind: Callable[[str], Any], wanted: str) -> Any:
        text = self.text(name)
        try:
            value = kind(text)
        except (ValueError, ArithmeticError) as error:
            raise ImproperlyConfigured(f"{name} is {text!r}: write {wanted}.") from error
        least = self._options[name].least
        if not Decimal(value).is_finite() or (least is not None and value < least):
            raise ImproperlyConfigured(f"{name} is {text}: the least is {least}.")
        return value


OPTIONS = Options(ALL, Path(__file__).resolve().parent.parent / ".env")
