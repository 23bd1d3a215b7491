"""Who may have an email address.

An address belongs to the account that proved it, by a link that was mailed there. Until somebody has, it is held by
the account that named it first, for a week; others may name it too, and the first to prove it has it. An address that
a user gave up stays theirs for a week, so that a change made by somebody else can be undone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

GIVES_WAY_AFTER = timedelta(days=7)
"""How long an address that nobody has proved is held for the account that named it first."""
KEPT_FOR = timedelta(days=7)
"""How long a proved address stays reserved for an account that changed to another."""
CONFIRM_LASTS = timedelta(days=7)
"""How long a link that proves an address is good."""
MOST_KEPT = 5
"""Addresses that stay reserved for one account, besides its own."""


@dataclass(frozen=True, slots=True)
class KeptAddress:
    """A proved address that the account had until a change, and can have back until `kept_until`."""

    email: str
    kept_until: datetime


@dataclass(frozen=True, slots=True)
class Reservation:
    """An address, who holds it, since when unproved if it is, and until when if it was given up."""

    email: str
    username: str
    unconfirmed_since: datetime | None = None
    kept_until: datetime | None = None

    def gives_way(self, now: datetime) -> bool:
        """Whether anybody may take it: unproved for a week, or given up a week ago."""
        if self.kept_until is not None:
            return self.kept_until <= now
        return self.unconfirmed_since is not None and self.unconfirmed_since <= now - GIVES_WAY_AFTER

    def is_proved(self, now: datetime) -> bool:
        """Whether nobody but its holder may name it."""
        return self.unconfirmed_since is None and not self.gives_way(now)

    def signs_in(self) -> bool:
        """Whether its holder can sign in with it: not with an address that was given up."""
        return self.kept_until is None
