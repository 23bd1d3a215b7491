"""Tables that no single app owns."""

from datetime import timedelta

from core.storage.schema import Index, Table, text

TRASH_KEPT = timedelta(days=30)
"""For how long what a user deleted can be restored, and counts."""
FILE_KEPT = TRASH_KEPT + timedelta(days=1)
"""For how long a file is kept, and counts, that no row names: longer than a row in the trash that may name it again."""

IDEMPOTENCY = Table(
    "Idempotency",
    text("username"),
    text("key"),
    ttl="expires_at",
    about="What a request with an Idempotency-Key made, for 24 hours.",
    attributes={
        "digest": "SHA-256 of method, path and body",
        "status": "HTTP status of the first answer",
        "reference": "id of what was made",
    },
)

THROTTLE = Table(
    "Throttle",
    text("name"),
    ttl="expires_at",
    about="What must outlive a process: counters of sign-in failures and daily sums, the row `heartbeat`, "
    "and `poll#<feed>` while a feed fails.",
    attributes={
        "count": "a sum, by the name's kind",
        "times": "when the newest failed attempts were, UTC",
        "worker_at": "of `heartbeat`: when a worker last wrote it, UTC",
        "schedule_at": "of `heartbeat`: when a worker last ran a task of the schedule, UTC",
        "failing_since": "of `poll#<feed>`: when the first of the polls was that failed in a row, UTC",
        "failed_at": "of `poll#<feed>`: when the last of them was, UTC",
        "reason": "of `poll#<feed>`: the error of the last; `count` is how many were noted",
    },
)

OUTBOX = Table(
    "Outbox",
    text("shard"),
    text("event_id"),
    about="Events that wait for their handlers, in order within a shard; `dead` holds those given up, "
    "`leases` which dispatcher works which shard.",
    attributes={
        "name": "what happened, `<app>.<past tense>`",
        "username": "whose event it is",
        "occurred_at": "when, UTC",
        "payload": "the facts",
        "failures": "how often a handler failed",
        "due_at": "not tried again before, UTC; only after a failure",
        "last_error": "message of the last failure",
        "gave_up_at": "when it moved to `dead`, UTC",
        "holder, until": "of a lease: the dispatcher that works the shard, and until when",
    },
)

TRASH = Table(
    "Trash",
    text("username"),
    text("entry"),
    ttl="ttl",
    about=f"What a user deleted, for {TRASH_KEPT.days} days, so that it can be restored.",
    attributes={
        "entry": "`<time>#<id>`: when it was deleted, and its id",
        "kind": "what it was, such as `alert` or `expense`",
        "row": "its row as it stood",
    },
)

USAGE = Table(
    "Usage",
    text("username"),
    text("entry"),
    about=(
        "How much each user keeps, written in the transaction of what it counts. `counts` holds sums; `api_keys` and "
        "`open_imports` list those there are, by id the time at which each ends, epoch seconds, 0 for one without end."
    ),
    attributes={
        "entry": "`counts`, `api_keys` or `open_imports`",
        "bytes": "counts: of receipts, and of imported files as they are stored",
        "files": "counts: receipts, also those that no expense names any more",
        "rows": (
            "counts: expenses, trades, orders, ledger entries, alerts, carbon entries and goals, imports, "
            "deleted things"
        ),
        "goals": "counts: carbon goals",
        "<figure>@<time>": "counts: how much of a figure expires at that time, epoch seconds",
        "fold_by": "counts: by when such parts are subtracted from their figures, epoch seconds",
        "version": "api_keys, open_imports: counts those added; a write that adds one names the version it read",
    },
)

AUDIT_LOG = Table(
    "AuditLog",
    text("month"),
    text("entry_id"),
    indexes=(Index("SubjectIndex", text("subject"), text("entry_id"), about="what was done to one subject, by time"),),
    about="What the staff did, and why; each entry is written in the transaction of the action and never changed.",
    attributes={
        "month": "UTC month, `2026-11`",
        "entry_id": "UUIDv7",
        "at": "when, UTC",
        "actor": "username of who did it, or `command line`",
        "action": "`user.status`, `user.role`, `asset.add`, `asset.change`, `factor.add` or `event.replay`",
        "subject": "to whom or what: `user#<username>`, `asset#<asset_id>`, `factor#<factor_id>`, `event#<event_id>`",
        "reason": "why, in the actor's own words",
        "before": "what changed, as it was before, by name",
        "after": "what changed, as it was afterwards, by name",
    },
)

SITE = Table(
    "Site",
    text("name"),
    about="Facts about the store as a whole, a row each: `layout`, and `probe` that shows that it can be written.",
    attributes={
        "layout": "of `layout`: the layout of all rows; a store without this row has layout 1",
        "oldest": "of `layout`: the oldest layout whose releases may still open the store",
        "upgraded_at": "of `layout`: when it was written, UTC",
        "written_at": "of `probe`: when a process last tried whether the store can be written, UTC",
    },
)

TABLES = (SITE, IDEMPOTENCY, THROTTLE, OUTBOX, TRASH, USAGE, AUDIT_LOG)
