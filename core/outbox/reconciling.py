"""Rules of the outbox: every event is soon handled."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core import clock
from core.events import LONGEST_WAIT, SHARDS, shard_of
from core.outbox import repository
from core.reconciling.rules import Disagreement, Stream, row_name
from core.tables import OUTBOX

KNOWN_SHARDS = {repository.DEAD, repository.LEASES, *map(str, range(SHARDS))}


def events_are_handled(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """Every event is in the shard of its user, was not given up, and is not overdue by more than a minute."""
    latest = now - timedelta(seconds=LONGEST_WAIT)
    for item in stream(OUTBOX):
        row = row_name(OUTBOX, item)
        if item["shard"] not in KNOWN_SHARDS:
            yield Disagreement(item.get("username", ""), row, "no dispatcher works this shard")
        elif item["shard"] == repository.DEAD:
            yield Disagreement(item["username"], row, f"{item['name']} was given up: {item.get('last_error', '')}")
        elif item["shard"] != repository.LEASES:
            yield from _of_waiting(item["username"], row, repository.read(item), latest)


def _of_waiting(username: str, row: str, entry: repository.Waiting, latest: datetime) -> Iterable[Disagreement]:
    due_at = max(filter(None, (entry.event.occurred_at, entry.due_at)))
    if entry.shard != shard_of(username):
        yield Disagreement(username, row, f"events of this user belong into shard {shard_of(username)}")
    if due_at < latest:
        yield Disagreement(username, row, f"{entry.event.name} waits since {clock.to_text(due_at)}")


STORE_RULES = (events_are_handled,)
