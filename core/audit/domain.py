"""One action of the staff, and the reason that each must have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core import clock
from core.errors import InvalidInput

COMMAND_LINE = "command line"
"""The actor of a management command; no username has a space."""
SHORTEST_REASON, LONGEST_REASON = 3, 500
LONGEST_SUBJECT = 200
REASON_RULE = f"Give a reason of {SHORTEST_REASON} to {LONGEST_REASON} characters."
FIRST_MONTH = "2026-01"
"""No entry is older: the log is read backwards as far as this."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action. `subject` is `<kind>#<id>`; `before` and `after` hold what changed, by name, as text."""

    entry_id: str
    at: datetime
    actor: str
    action: str
    subject: str
    reason: str
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the subject is: `user`, `asset`, `factor` or `event`."""
        return self.subject.partition("#")[0]

    @property
    def identifier(self) -> str:
        """The id of the subject."""
        return self.subject.partition("#")[2]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Name, before and after of all that changed, by name; empty where there is no value."""
        names = sorted({*self.before, *self.after})
        return [(name, self.before.get(name, ""), self.after.get(name, "")) for name in names]


def checked_reason(text: str) -> str:
    """The reason as it is kept, without surrounding or doubled space. Raises InvalidInput on `reason`."""
    reason = " ".join(text.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise InvalidInput({"reason": [REASON_RULE]})
    return reason


def month_of(moment: datetime) -> str:
    """The UTC month of a moment: `2026-11`."""
    return clock.to_text(moment)[:7]
