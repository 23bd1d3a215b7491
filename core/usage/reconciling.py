"""Rules by which the counts of a user agree with the rows."""

from collections.abc import Iterable

from core import clock, wiring
from core.reconciling.rules import Account, Disagreement, row_name
from core.tables import USAGE
from core.usage.counts import ENTRY, counts_from_item
from core.usage.held import held_from_item
from core.usage.measures import Recount, recounted


def usage_is_what_is_kept(account: Account) -> Iterable[Disagreement]:
    """Every sum that is kept of a user's rows is what the rows come to, with what of it goes by itself and when.

    Sums and rows are not read at one moment, and for a user who writes at an even pace they differ by the same amount
    at every reading: the sum itself is part of what must be found again, so that only a lasting fault is reported.
    """
    if not account.exists:
        return
    now = clock.to_seconds(account.now)
    stored = {item["entry"]: item for item in account.of(USAGE)}
    said = counts_from_item(stored.get(ENTRY)).folded(now)
    found = _recount(account).use
    for figure in sorted(said.amounts.keys() | found.amounts.keys()):
        kept, rows = said.amounts.get(figure, 0), found.amounts.get(figure, 0)
        if kept != rows:
            detail = f"{figure} is {kept}, the rows come to {rows}"
            yield Disagreement(account.username, row_name(USAGE, {"entry": ENTRY}), detail)


def held_are_there(account: Account) -> Iterable[Disagreement]:
    """The API keys and open imports that are counted are those in their tables, with the same ends."""
    if not account.exists:
        return
    now = clock.to_seconds(account.now)
    stored = {item["entry"]: item for item in account.of(USAGE)}
    for figure, ends in _recount(account).held.items():
        said = held_from_item(account.username, figure, stored.get(figure)).valid(now)
        for name in sorted(said.keys() | ends.keys()):
            if said.get(name) != ends.get(name):
                detail = f"{name} ends at {said.get(name, 'no time')}, its row says {ends.get(name, 'nothing')}"
                yield Disagreement(account.username, row_name(USAGE, {"entry": figure}), detail)


def _recount(account: Account) -> Recount:
    rows = ((table, item) for table in wiring.tables() for item in account.of(table))
    return recounted(rows, clock.to_seconds(account.now))


RULES = (usage_is_what_is_kept, held_are_there)
