"""The main navigation; each app brings its place beside its addresses, in `urls`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One entry; `key` is the letter of its `g` shortcut, `root` the addresses that it covers."""

    label: str
    url_name: str
    icon: str
    key: str
    root: str

    def covers(self, path: str) -> bool:
        """Whether a page of this address belongs under this entry."""
        return path == self.root if self.root == "/" else path.startswith(self.root)
