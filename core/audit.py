"""The audit log: who of the staff did what to whom, and why; written in the transaction of the deed itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core import clock, ids
from core.errors import InvalidInput
from core.reading import Rows, read_page, read_page_backwards
from core.storage import Attr, ConditionBase, Item, Key, KeyCondition, Put, Query
from core.tables import AUDIT_LOG

COMMAND_LINE = "command line"
"""The actor of a management command; no username has a space."""
SHORTEST_REASON, LONGEST_REASON = 3, 500
REASON_RULE = f"Say why, in {SHORTEST_REASON} to {LONGEST_REASON} characters."
FIRST_MONTH = "2026-01"
"""No entry is older: the log is read backwards as far as this."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One deed. `subject` is `<kind>#<id>`; `before` and `after` hold what changed, by name, as text."""

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
        """Name, before and after of all that changed, by name; what was or is not there is empty."""
        names = sorted({*self.before, *self.after})
        return [(name, self.before.get(name, ""), self.after.get(name, "")) for name in names]


def checked_reason(text: str) -> str:
    """The reason as it is kept, without surrounding or doubled space. Raises InvalidInput on `reason`."""
    reason = " ".join(text.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise InvalidInput({"reason": [REASON_RULE]})
    return reason


def audit_put(actor: str, action: str, subject: str, reason: str, details: Mapping[str, tuple[Any, Any]]) -> Put:
    """The write of a new entry, label `audit`; it belongs into the transaction of the deed.

    `details`: name -> value before and after; None where there is none. Raises InvalidInput for a reason that is none.
    """
    now = clock.now()
    item: Item = {
        "month": month_of(now),
        "entry_id": ids.new_id(),
        "at": clock.to_text(now),
        "actor": actor,
        "action": action,
        "subject": subject,
        "reason": checked_reason(reason),
    }
    for at, name in enumerate(("before", "after")):
        if values := {key: str(pair[at]) for key, pair in details.items() if pair[at] not in (None, "")}:
            item[name] = values
    return Put(AUDIT_LOG, item, condition=Attr("entry_id").not_exists(), label="audit")


def entries_newest(limit: int, cursor: Key | None = None, *, until: str | None = None) -> Rows[AuditEntry]:
    """Entries of the month `until`, by default the present one, and then of earlier ones, newest first.

    One request for each month read, at most 5: a page may be short and still have a cursor.
    """
    first = until or month_of(clock.now())
    return read_page_backwards(_of_month, _entry, first=first, earlier=_earlier_month, limit=limit, cursor=cursor)


def entries_of_month(month: str, limit: int, cursor: Key | None = None) -> Rows[AuditEntry]:
    """Entries of one UTC month like `2026-11`, newest first; 1 request."""
    return read_page(_of_month(month), _entry, limit=limit, cursor=cursor)


def entries_of(
    subject: str, limit: int, cursor: Key | None = None, *, since: datetime | None = None, until: str | None = None
) -> Rows[AuditEntry]:
    """Entries about one subject, newest first: those from a moment on, or else up to the end of a month.

    1 request, on an index that may be a moment behind.
    """
    where: ConditionBase = KeyCondition("subject").eq(subject)
    if until is not None:
        where = where & KeyCondition("entry_id").lt(ids.lowest_id(_end_of(until)))
    elif since is not None:
        where = where & KeyCondition("entry_id").gte(ids.lowest_id(since))
    query = Query(AUDIT_LOG, where, index="SubjectIndex", descending=True)
    return read_page(query, _entry, limit=limit, cursor=cursor)


def month_of(moment: datetime) -> str:
    """The UTC month of a moment: `2026-11`."""
    return clock.to_text(moment)[:7]


def _of_month(month: str) -> Query:
    return Query(AUDIT_LOG, KeyCondition("month").eq(month), descending=True)


def _earlier_month(month: str) -> str | None:
    earlier = (date.fromisoformat(f"{month}-01") - timedelta(days=1)).isoformat()[:7]
    return earlier if earlier >= FIRST_MONTH else None


def _end_of(month: str) -> datetime:
    following = date.fromisoformat(f"{month}-01") + timedelta(days=31)
    return datetime(following.year, following.month, 1, tzinfo=UTC)


def _entry(item: Item) -> AuditEntry:
    return AuditEntry(
        entry_id=item["entry_id"],
        at=clock.from_text(item["at"]),
        actor=item["actor"],
        action=item["action"],
        subject=item["subject"],
        reason=item["reason"],
        before=item.get("before", {}),
        after=item.get("after", {}),
    )
