"""What a user sets of an alert, and what is accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core import clock, money
from core.errors import InvalidInput
from market.triggers.watch import Operator, PriceType

LONGEST_NAME = 80
LONGEST_NOTE = 500
SECOND = timedelta(seconds=1)
LONGEST_COOLDOWN = timedelta(days=30)
DEFAULT_COOLDOWN = timedelta(seconds=300)
MOST_PLACES = money.places(money.QUANTUM)

OPERATOR_WORDS: Mapping[str, Operator] = {
    **{operator.value: operator for operator in Operator},
    "above": Operator.ABOVE,
    "below": Operator.BELOW,
    "at_or_above": Operator.AT_OR_ABOVE,
    "at_or_below": Operator.AT_OR_BELOW,
}
"""How an operator may be written; `above` and `below` are the words of document 000."""


class Frequency(StrEnum):
    """Whether an alert ends with its first firing."""

    ONCE = "once"
    EVERY = "every"


class ChannelKind(StrEnum):
    """Where a firing is told. The notification centre holds every one; the others are chosen."""

    IN_APP = "in_app"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class PriceCondition:
    """`price_threshold`: one of the asset's prices compared with a price in the base currency."""

    operator: Operator
    threshold: Decimal
    price_type: PriceType = PriceType.CLOSE


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a user sets, asset aside.

    `cooldown` counts in market time. `hysteresis` is a distance of prices. `fire_if_true`: fire at once where the
    condition holds already. `channels` always hold the notification centre.
    """

    condition: PriceCondition
    frequency: Frequency = Frequency.ONCE
    cooldown: timedelta = DEFAULT_COOLDOWN
    hysteresis: Decimal = money.ZERO
    expires_at: datetime | None = None
    channels: tuple[ChannelKind, ...] = (ChannelKind.IN_APP, ChannelKind.EMAIL)
    name: str = ""
    note: str = ""
    fire_if_true: bool = field(default=False)

    def judged_like(self, other: Terms) -> bool:
        """Whether the same prices fire both: then a change leaves the alert's state as it is."""
        return (self.condition, self.frequency, self.hysteresis, self.expires_at) == (
            other.condition,
            other.frequency,
            other.hysteresis,
            other.expires_at,
        )

    def as_stored(self) -> Terms:
        """The same with its end cut to the millisecond, as exact as the store keeps it."""
        if self.expires_at is None:
            return self
        return replace(self, expires_at=clock.whole_milliseconds(self.expires_at))

    def digest(self, asset_id: str, enabled: bool) -> str:
        """The same for the same wish, so that a request sent twice is recognised."""
        return hashlib.sha256(repr((asset_id, enabled, self)).encode()).hexdigest()

    def check(self, now: datetime) -> None:
        """Raises InvalidInput with all that is wrong, by field."""
        errors = {name: sentence for name, sentence in self._errors(now).items() if sentence}
        if errors:
            raise InvalidInput({name: [sentence] for name, sentence in errors.items()})

    def _errors(self, now: datetime) -> dict[str, str]:
        threshold_error = _price_error(self.condition.threshold, money.QUANTUM, "Enter a price above zero.")
        hysteresis_error = _price_error(self.hysteresis, money.ZERO, "Enter zero or more.")
        if not threshold_error and not hysteresis_error and self.hysteresis >= self.condition.threshold:
            hysteresis_error = "Enter less than the threshold."
        is_over = self.expires_at is not None and self.expires_at <= now
        is_cooldown_fine = timedelta(0) <= self.cooldown <= LONGEST_COOLDOWN
        is_centre_told = ChannelKind.IN_APP in self.channels
        return {
            "threshold": threshold_error,
            "hysteresis": hysteresis_error,
            "cooldown": "" if is_cooldown_fine else f"Enter 0 to {LONGEST_COOLDOWN // SECOND} seconds.",
            "expires_at": "Choose a time in the future, or leave it empty." if is_over else "",
            "name": "" if len(self.name) <= LONGEST_NAME else f"Use at most {LONGEST_NAME} characters.",
            "note": "" if len(self.note) <= LONGEST_NOTE else f"Use at most {LONGEST_NOTE} characters.",
            "channels": "" if is_centre_told else "in_app is always among the channels; add it.",
        }


def _price_error(price: Decimal, least: Decimal, sentence: str) -> str:
    if not price.is_finite() or price > money.LARGEST or price < least:
        return sentence
    return "" if money.places(price) <= MOST_PLACES else f"Use at most {MOST_PLACES} decimal places."
