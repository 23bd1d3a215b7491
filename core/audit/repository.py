"""Rows of the AuditLog table."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core import clock, ids
from core.audit.domain import AuditEntry, checked_reason, month_of
from core.periods import Month, start_of
from core.storage.operations import Attr, ConditionBase, Item, KeyCondition, Put, Query
from core.tables import AUDIT_LOG


def audit_put(actor: str, action: str, subject: str, reason: str, details: Mapping[str, tuple[Any, Any]]) -> Put:
    """The write of a new entry, label `audit`; it belongs into the transaction of the action.

    `details`: name -> value before and after, None for no value. Raises InvalidInput for a reason against REASON_RULE.
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


def month_query(month: str) -> Query:
    """Entries of one UTC month like `2026-11`, newest first."""
    return Query(AUDIT_LOG, KeyCondition("month").eq(month), descending=True)


def subject_query(subject: str, *, since: datetime | None = None, until: str | None = None) -> Query:
    """Entries about one subject, newest first: those from a moment on, or else up to the end of a month. May lag."""
    where: ConditionBase = KeyCondition("subject").eq(subject)
    if until is not None:
        following = Month.from_text(until).next
        where = where & KeyCondition("entry_id").lt(ids.lowest_id(start_of(UTC, following.first_day)))
    elif since is not None:
        where = where & KeyCondition("entry_id").gte(ids.lowest_id(since))
    return Query(AUDIT_LOG, where, index="SubjectIndex", descending=True)


def entry_from_item(item: Item) -> AuditEntry:
    """The entry that a row holds."""
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
