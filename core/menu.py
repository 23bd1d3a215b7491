"""Entries of the main navigation and of the staff area's; each app brings its own beside their addresses, in `urls`."""

from dataclasses import dataclass

from core import wiring
from core.accounts.domain import Anonymous, User
from core.accounts.rights import Right, may


@dataclass(frozen=True, slots=True)
class Place:
    """One entry, which covers the addresses below `root`.

    Of the main navigation: its icon, and the letter of its `g` shortcut. Of the staff area: the right that opens it.
    """

    label: str
    url_name: str
    root: str
    icon: str = ""
    key: str = ""
    right: Right | None = None

    def covers(self, path: str) -> bool:
        """Whether a page of this address belongs under this entry."""
        return path == self.root if self.root == "/" else path.startswith(self.root)


def places() -> list[Place]:
    """The main navigation."""
    return list(wiring.listed("MENU"))


def staff_places(user: User | Anonymous) -> list[Place]:
    """What of the staff area the user's role opens."""
    every = (place for some in wiring.listed("STAFF_MENU") for place in some)
    return [place for place in every if place.right is None or may(user, place.right)]
