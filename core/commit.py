"""How a change of what users keep is committed: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from core.errors import CryptoPulseError, NotFound, NotPermitted
from core.retry import LostRace
from core.storage import TransactionCancelled, Write, store
from core.usage.counts import LABEL as USAGE_LABEL
from core.usage.measures import Row
from core.usage.room import fold, make_room, usage_write

TRIES = 20
"""Times that room is made for one write; more than one is needed only where others use it up at the same moment."""
NO_FAILURES: Mapping[str, CryptoPulseError] = MappingProxyType({})


def commit(
    writes: Sequence[Write],
    also: Sequence[Write] = (),
    *,
    was: Sequence[Row] = (),
    is_limited: bool = True,
    failures: Mapping[str, CryptoPulseError] = NO_FAILURES,
) -> None:
    """All the writes and the caller's, or none, and with them the count of what their user keeps.

    was: rows as they are stored that these replace or delete, where their key does not show what they count.
    is_limited False: for rows that follow others by themselves, which are counted but never refused.
    failures: by the label of a write, what to raise where that one alone failed.
    Raises Refused with the code of a quota where there is no room, NotFound where the account is closed, NotPermitted
    where a member of the staff has lost the right, LostRace when a row changed since it was read, and
    TransactionCancelled when one of the caller's writes failed.
    """
    everything = [*writes, *also]
    for _ in range(TRIES):
        counted, username, use = usage_write(everything, was, is_limited=is_limited)
        try:
            store().transact_write([*writes, *counted, *also])
            return
        except TransactionCancelled as error:
            if error.failed("actor"):
                raise NotPermitted("You no longer have the right to do this.") from error
            if any(reason.failed for reason in error.reasons[len(writes) + len(counted) :]):
                raise
            if error.failed("account"):
                raise NotFound("An open account of this name") from error
            lost = {*error.labels} - {USAGE_LABEL}
            if len(lost) == 1 and (failure := failures.get(*lost)):
                raise failure from error
            if lost:
                if error.failed(USAGE_LABEL):
                    fold(username)
                raise LostRace from error
        make_room(username, use, is_limited=is_limited)
    raise LostRace
