"""Adding and changing entries."""

from __future__ import annotations

from collections.abc import Sequence

from carbon.domain.entry import Entry, EntryDraft
from core.accounts.domain import User
from core.storage import Write


def entry_add(user: User, *, entry_id: str, draft: EntryDraft, also: Sequence[Write] = ()) -> Entry:
    """Add an entry with the factor of this day, in one read and one write.

    A repeated entry_id with the same wish returns the stored entry. Raises InvalidInput, which names the near ones of
    an unknown activity or unit; Refused `idempotency_mismatch`; NotFound where the account is closed; StoreUnavailable.
    """
    raise NotImplementedError


def entry_change(user: User, entry_id: str, draft: EntryDraft, *, version: int | None = None) -> Entry:
    """Have an entry say what the draft says, moving it between days, months and categories as that asks.

    It keeps its factor while the activity, the region and what the unit measures stay; else it takes the present one.
    An estimate that is changed becomes a measured entry. version: the one that the user saw. Raises InvalidInput;
    NotFound; Refused `changed_meanwhile` where the entry has another version by now.
    """
    raise NotImplementedError
