"""Tables that no single app owns."""

from __future__ import annotations

from core.storage.schema import Table, text

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
    about="What must outlive a process: counters of sign-in failures and daily sums, the row `heartbeat`.",
    attributes={
        "count": "a sum, by the name's kind",
        "times": "when the newest failed tries were, UTC",
        "worker_at": "of `heartbeat`: when a worker last said that it lives, UTC",
        "schedule_at": "of `heartbeat`: when a worker last worked a task of the schedule, UTC",
    },
)

OUTBOX = Table(
    "Outbox",
    text("shard"),
    text("event_id"),
    about="Events that wait for their handlers, in order within a shard; `dead` holds those given up, "
    "`leases` who works which shard.",
    attributes={
        "name": "what happened, `<app>.<past tense>`",
        "username": "whose event it is",
        "occurred_at": "when, UTC",
        "payload": "the facts",
        "failures": "how often a handler failed",
        "due_at": "not tried again before, UTC; only after a failure",
        "last_error": "what the last failure said",
        "gave_up_at": "when it moved to `dead`, UTC",
        "holder, until": "of a lease: the dispatcher that works the shard, and until when",
    },
)

TRASH = Table(
    "Trash",
    text("username"),
    text("entry"),
    ttl="ttl",
    about="What a user deleted, for 30 days, so that it can be restored.",
    attributes={
        "entry": "`<time>#<id>`: when it was deleted, and its id",
        "kind": "what it was: `alert`",
        "row": "its row as it stood",
    },
)

TABLES = (IDEMPOTENCY, THROTTLE, OUTBOX, TRASH)
