"""Wrong rows of the audit log."""

from typing import Any

from core import audit
from core.storage import Store
from core.tables import AUDIT_LOG
from tests.reconciling.planting import Plant, Planted

LONG_AGO = "2020-01-01T00:00:00.000Z"


def entry(**values: Any) -> Plant:
    """Write an entry with other values; None takes the attribute away."""

    def plant(opened: Store) -> None:
        right = audit.audit_put("ada", "user.role", "user#alice", "A test of it", {"role": ("user", "admin")}).item
        wrong = {**right, **values}
        opened.put(AUDIT_LOG, {name: value for name, value in wrong.items() if value is not None})

    return plant


PLANTED: list[Planted] = [
    ("an entry of another month", "entries_can_be_found", "which is of another month", entry(month="2020-01")),
    ("an entry of another time", "entries_can_be_found", "the id is of", entry(month="2020-01", at=LONG_AGO)),
    ("an entry without a reason", "entries_can_be_found", "does not say its reason", entry(reason=None)),
    ("an entry by nobody", "entries_can_be_found", "does not say its actor", entry(actor=None)),
    ("an entry about no one thing", "entries_can_be_found", "subject is alice, not", entry(subject="alice")),
]  # fmt: skip
