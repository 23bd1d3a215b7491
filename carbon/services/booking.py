"""Changes of entries, one or many, in one transaction with the sums that they move and with their events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from carbon.domain.entry import Entry
from carbon.domain.totals import Change, moved
from carbon.events import entry_changed
from carbon.repositories.entries import entry_delete, entry_put
from carbon.repositories.totals import totals_put
from carbon.services.snapshot import Totals, with_missing
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.events import event_put
from core.storage import Write

NOTHING_READ: Totals = {}


def commit_changes(
    username: str,
    changes: Sequence[Change],
    at: datetime,
    *,
    totals: Totals = NOTHING_READ,
    own: Sequence[Write] = (),
    also: Sequence[Write] = (),
    is_limited: bool = True,
) -> None:
    """Write these changes with further rows of the app (`own`) and of the caller (`also`); 1 request, 2 with a read.

    totals: the sums of their days and months as far as they were read; the others are read. There is one event for all:
    who reacts judges the whole footprint again. is_limited as in `core.commit`, which says what is raised.

    Only a new entry needs an open account: any other change needs a row that closing takes, and closing looks for more
    until it finds none.
    """
    entries = [each for change in changes for each in change if each is not None]
    totals = with_missing(username, totals, [entry.day for entry in entries])
    writes = [
        *(_write(before, after) for before, after in changes),
        *(totals_put(username, each, at) for each in moved(totals, changes)),
        event_put(entry_changed(username, entries[0].entry_id, entries[0].expense_id)),
        *own,
    ]
    if any(before is None for before, _ in changes):
        writes.append(open_check(username))
    commit(writes, also, is_limited=is_limited)


def stored(entry: Entry) -> Entry:
    """The entry as it is after its write."""
    return replace(entry, version=entry.version + 1)


def _write(before: Entry | None, after: Entry | None) -> Write:
    if after is not None:
        return entry_put(after, before)
    assert before is not None
    return entry_delete(before)
