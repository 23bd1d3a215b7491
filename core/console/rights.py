"""Rights of the staff area itself."""

from core.accounts.rights import Right

ENTER = Right("enter the staff area", frozenset({"analyst", "moderator", "admin"}))
SEE_HEALTH = Right("see the health of tables, queues and feeds, and replay events", frozenset({"admin"}))
SEE_AUDIT = Right("see the audit log", frozenset({"admin"}))
