"""Adding and changing entries."""

from __future__ import annotations

from collections.abc import Sequence

from carbon.domain.entry import Entry, EntryDraft
from carbon.events import entry_changed
from carbon.repositories import entries as rows
from carbon.services import drafting, summing
from carbon.services.drafting import Wish
from carbon.services.reading import could_be_an_id
from core import clock, ids, outbox
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound
from core.events import event_put
from core.replay import check_same
from core.retry import optimistic
from core.storage import Write, journey


def entry_add(user: User, *, entry_id: str, draft: EntryDraft, also: Sequence[Write] = ()) -> Entry:
    """Add an entry with the newest factor, in one read and one write.

    A repeated entry_id with the same wish returns the stored entry. Raises InvalidInput, which names the near ones of
    an unknown activity or unit; Refused `idempotency_mismatch`; NotFound where the account is closed; StoreUnavailable.
    """
    ids.check_id(entry_id, "entry_id")
    wish = drafting.wish_of(user, draft)
    with journey("carbon_entry_add"):
        entry = optimistic(lambda: _add(user.username, entry_id, wish, also))
    outbox.nudge(user.username)
    return entry


def entry_change(user: User, entry_id: str, draft: EntryDraft, *, version: int | None = None) -> Entry:
    """Have an entry say what the draft says, moving it between days, months and categories as that asks.

    It keeps its factor while the activity stays, the unit measures the same, and the draft names no other region;
    else it takes the present one. It keeps its day while its time stays. An estimate that is changed becomes a
    measured entry. version: the one that the user saw. Raises InvalidInput; NotFound; Refused `changed_meanwhile`
    where the entry has another version by now; StoreUnavailable.
    """
    if not could_be_an_id(entry_id):
        raise NotFound("This entry")
    wish = drafting.wish_of(user, draft)
    with journey("carbon_entry_change"):
        entry = optimistic(lambda: _change(user.username, entry_id, wish, version))
    outbox.nudge(user.username)
    return entry


def _add(username: str, entry_id: str, wish: Wish, also: Sequence[Write]) -> Entry:
    stored, totals, added = drafting.situation_of(username, entry_id, wish)
    if stored is not None:
        check_same(entry_id=(wish.digest, stored.digest))
        return stored
    ids.check_fresh(entry_id, "entry_id")
    now = clock.now()
    wish.check_time(now)
    entry = drafting.entry_of(username, entry_id, wish, added, at=now)
    commit(
        [
            rows.entry_put(entry),
            *summing.writes(username, totals, None, entry, now),
            event_put(entry_changed(username, entry_id)),
            open_check(username),
        ],
        also,
    )
    return drafting.stored(entry)


def _change(username: str, entry_id: str, wish: Wish, version: int | None) -> Entry:
    before, totals, added = drafting.situation_of(username, entry_id, wish)
    if before is None:
        raise NotFound("This entry")
    return drafting.replaced(before, wish, totals, added, version)
