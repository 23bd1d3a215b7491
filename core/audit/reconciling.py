"""Rules of the audit log."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core import clock
from core.audit.domain import month_of
from core.ids import id_time
from core.reconciling.rules import Disagreement, Stream, row_name
from core.tables import AUDIT_LOG

LARGEST_SKEW = timedelta(seconds=10)
"""How far the time in an id may be from the entry's: ids of one millisecond are numbered into later ones."""


def entries_can_be_found(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """Every entry has actor, action, subject and reason, and the month and id of its time."""
    for item in stream(AUDIT_LOG):
        row = row_name(AUDIT_LOG, item)
        at = clock.from_text(item["at"])
        if item["month"] != month_of(at):
            yield Disagreement("", row, f"at is {item['at']}, which is of another month")
        if abs(id_time(item["entry_id"]) - at) > LARGEST_SKEW:
            yield Disagreement("", row, f"at is {item['at']}, the id is of {clock.to_text(id_time(item['entry_id']))}")
        if missing := [name for name in ("actor", "action", "reason") if not item.get(name)]:
            yield Disagreement("", row, f"it does not say its {', '.join(missing)}")
        kind, _, identifier = str(item.get("subject", "")).partition("#")
        if not kind or not identifier:
            yield Disagreement("", row, f"subject is {item.get('subject', 'missing')}, not <kind>#<id>")


STORE_RULES = (entries_can_be_found,)
