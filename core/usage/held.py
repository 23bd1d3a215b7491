"""What a user holds a few of at a time, each with an end of its own: API keys and open imports.

They are listed by id in one row, so that one that ends makes room at that second.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from core import wiring
from core.storage.operations import Attr, Change, Get, Item, Put, Table, Update
from core.tables import USAGE
from core.usage.quotas import quotas

LABEL = "held"
ENDLESS = 0
_NAMES = ("username", "entry", "version")


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure, its table, and of a row the id and end (epoch seconds, or ENDLESS); None for another kind of row."""

    figure: str
    table: Table
    of_row: Callable[[Item], tuple[str, int] | None]


@dataclass(frozen=True, slots=True)
class Held:
    """The ends of those that a user holds, by id. `version` counts those that were added, 0 where there is no row."""

    username: str
    figure: str
    ends: Mapping[str, int] = field(default_factory=dict)
    version: int = 0

    def valid(self, now: int) -> dict[str, int]:
        """Those that have not ended at `now`, epoch seconds."""
        return {name: end for name, end in self.ends.items() if end == ENDLESS or end > now}

    def check_room(self, now: int) -> None:
        """Raises Refused where there are as many as there may be."""
        quota = quotas()[self.figure]
        if len(self.valid(now)) >= quota.limit():
            raise quota.refused()

    def with_one(self, name: str, end: int, now: int) -> Change:
        """The write that adds one; fails (label `held`) where another was added since. Raises Refused at the limit."""
        self.check_room(now)
        valid = self.valid(now)
        unchanged = Attr("version").eq(self.version) if self.version else Attr("version").not_exists()
        over = tuple(each for each in self.ends if each not in valid and each != name)
        update = Update(set={name: end, "version": self.version + 1}, remove=over)
        return Change(USAGE, held_address(self.username, self.figure).key, update, unchanged, LABEL)


@cache
def kinds() -> tuple[Kind, ...]:
    """Those that the apps list as USAGE_HELD."""
    return tuple(kind for some in wiring.listed("USAGE_HELD") for kind in some)


def held_address(username: str, figure: str) -> Get:
    """Where the row is."""
    return Get(USAGE, {"username": username, "entry": figure})


def held_from_item(username: str, figure: str, item: Item | None) -> Held:
    """What the row says; nothing is held where there is none yet."""
    if item is None:
        return Held(username, figure)
    ends = {name: int(end) for name, end in item.items() if name not in _NAMES}
    return Held(username, figure, ends, int(item.get("version", 0)))


def held_put(held: Held) -> Put:
    """Write the whole row, as it was counted."""
    key = {"username": held.username, "entry": held.figure}
    return Put(USAGE, {**key, **held.ends, "version": held.version}, label=LABEL)


def held_without_end(username: str, figure: str, name: str) -> Change:
    """Have one that had an end stay until it is released."""
    return Change(USAGE, held_address(username, figure).key, Update(set={name: ENDLESS}), label=LABEL)


def held_less(username: str, figure: str, name: str) -> Change:
    """Release one, whether or not it is held."""
    return Change(USAGE, held_address(username, figure).key, Update(remove=(name,)), label=LABEL)
