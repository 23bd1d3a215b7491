"""The staff area's own navigation; each app brings its places beside their addresses, in `console.urls`."""

from __future__ import annotations

from dataclasses import dataclass

from core import wiring
from core.accounts.domain import Anonymous, User
from core.accounts.rights import Right, may


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """One entry, with the right that opens it; `root` covers the addresses below it."""

    label: str
    url_name: str
    right: Right
    root: str

    def covers(self, path: str) -> bool:
        """Whether a page of this address belongs under this entry."""
        return path.startswith(self.root)


def staff_places() -> list[StaffPlace]:
    """Every entry, in order."""
    return [place for places in wiring.listed("STAFF_MENU") for place in places]


def places_of(user: User | Anonymous) -> list[StaffPlace]:
    """The entries that the user's role opens."""
    return [place for place in staff_places() if may(user, place.right)]
