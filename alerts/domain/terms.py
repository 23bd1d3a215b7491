"""What a user sets of an alert, and what is accepted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from alerts.domain.conditions import Condition, number_error
from core import clock, money
from core.errors import InvalidInput

LONGEST_NAME = 80
LONGEST_NOTE = 500
SECOND = timedelta(seconds=1)
LONGEST_COOLDOWN = timedelta(days=30)
DEFAULT_COOLDOWN = timedelta(seconds=300)


class Frequency(StrEnum):
    """Whether an alert ends with its first firing."""

    ONCE = "once"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a user sets, asset aside.

    `cooldown` counts in market time. `hysteresis` is a distance of prices. `fire_if_true`: fire at once where the
    condition holds already. `channels` are names of `alerts.channels.CHANNELS`; once stored they are
    in order, with those that are always among them.
    """

    condition: Condition
    frequency: Frequency = Frequency.ONCE
    cooldown: timedelta = DEFAULT_COOLDOWN
    hysteresis: Decimal = money.ZERO
    expires_at: datetime | None = None
    channels: tuple[str, ...] = ()
    name: str = ""
    note: str = ""
    fire_if_true: bool = False

    def judged_like(self, other: Terms) -> bool:
        """Whether the same prices fire both: then a change leaves the alert's state as it is."""
        return (self.condition, self.frequency, self.hysteresis, self.expires_at) == (
            other.condition,
            other.frequency,
            other.hysteresis,
            other.expires_at,
        )

    def normal(self, channels: tuple[str, ...]) -> Terms:
        """As they are stored: by these channels, the name in single spaces, the end cut to the millisecond."""
        expires_at = self.expires_at and clock.whole_milliseconds(self.expires_at)
        return replace(self, channels=channels, name=" ".join(self.name.split()), expires_at=expires_at)

    def check(self, now: datetime) -> None:
        """Raises InvalidInput with all that is wrong, by field."""
        errors = {name: sentence for name, sentence in self._errors(now).items() if sentence}
        if errors:
            raise InvalidInput({name: [sentence] for name, sentence in errors.items()})

    def _errors(self, now: datetime) -> dict[str, str]:
        condition_errors = self.condition.errors()
        hysteresis_error = number_error(self.hysteresis, money.ZERO, "Enter zero or more.")
        if not condition_errors and not hysteresis_error and self.hysteresis >= self.condition.threshold:
            hysteresis_error = "Enter less than the threshold."
        is_over = self.expires_at is not None and self.expires_at <= now
        is_cooldown_fine = timedelta(0) <= self.cooldown <= LONGEST_COOLDOWN
        return {
            **condition_errors,
            "hysteresis": hysteresis_error,
            "cooldown": "" if is_cooldown_fine else f"Enter 0 to {LONGEST_COOLDOWN // SECOND} seconds.",
            "expires_at": "Choose a time in the future, or leave it empty." if is_over else "",
            "name": "" if len(self.name) <= LONGEST_NAME else f"Use at most {LONGEST_NAME} characters.",
            "note": "" if len(self.note) <= LONGEST_NOTE else f"Use at most {LONGEST_NOTE} characters.",
        }


@dataclass(frozen=True, slots=True)
class AlertDraft:
    """An alert that a client asks for; paused from the start unless `is_enabled`."""

    asset_id: str
    terms: Terms
    is_enabled: bool = True

    def normal(self, channels: tuple[str, ...]) -> AlertDraft:
        """See `Terms.normal`."""
        return replace(self, terms=self.terms.normal(channels))

    def check(self, now: datetime) -> None:
        """Raises InvalidInput with all that is wrong, by field."""
        self.terms.check(now)

    def digest(self) -> str:
        """The same for the same draft, so that a request sent twice is recognised.

        Channels are written as by the releases that had an enum of them, so that what those made is recognised, too.
        """
        names = self.terms.channels
        listed = ", ".join(f"<ChannelKind.{name.upper()}: {name!r}>" for name in names)
        channels = f"({listed},)" if len(names) == 1 else f"({listed})"
        text = repr((self.asset_id, self.is_enabled, self.terms))
        text = text.replace(f"channels={names!r}", f"channels={channels}", 1)
        return hashlib.sha256(text.encode()).hexdigest()
