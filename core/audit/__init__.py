"""The audit log: what the staff did, to what, and why; written in the transaction of the action itself."""

from core.audit.domain import (
    COMMAND_LINE,
    FIRST_MONTH,
    LONGEST_REASON,
    LONGEST_SUBJECT,
    REASON_RULE,
    SHORTEST_REASON,
    AuditEntry,
    checked_reason,
    month_of,
)
from core.audit.repository import audit_put
from core.audit.selectors import entries_newest, entries_of

__all__ = [
    "COMMAND_LINE",
    "FIRST_MONTH",
    "LONGEST_REASON",
    "LONGEST_SUBJECT",
    "REASON_RULE",
    "SHORTEST_REASON",
    "AuditEntry",
    "audit_put",
    "checked_reason",
    "entries_newest",
    "entries_of",
    "month_of",
]
