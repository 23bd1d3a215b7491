"""The export of an account: everything that is kept about a user, as lines of JSON, sent while the rows are read.

docs/export.md describes the lines, how to check them, and how to go on after a break. They are lines and not one
document, so that a part of them can be read, checked and added to.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core import clock, money, wiring
from core.accounts.domain import User
from core.accounts.tables import API_KEYS, SESSIONS, USERS
from core.storage import CursorRefused, Item, Table, read_cursor, sign_cursor
from core.user_rows import Position, has_rows_of_users, pages_of

SECRETS = {
    USERS.name: frozenset({"password_hash", "directory"}),
    SESSIONS.name: frozenset({"session_key", "data"}),
    API_KEYS.name: frozenset({"key_hash"}),
}
"""What is left out: secrets, and what says nothing about the user."""
FORMAT, VERSION = "cryptopulse-export", 2
MEDIA_TYPE = "application/x-ndjson"
ROWS_AT_ONCE = 500
"""Rows read at once, and between two lines at which an export can go on, unless they are large."""
MOST_BETWEEN = 500_000
"""Characters after which there is such a line though fewer rows were sent."""


@dataclass(slots=True)
class Tally:
    """What was sent so far: rows by table, and the digest of the lines, 64 hexadecimal digits."""

    rows: dict[str, int] = field(default_factory=dict)
    digest: str = ""

    def chain(self, line: str) -> None:
        """The digest after one more line, given without its end: SHA-256 of the bytes before, and the line."""
        self.digest = hashlib.sha256(bytes.fromhex(self.digest) + line.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an export goes on, and what was sent before."""

    position: Position
    tally: Tally


def file_name(user: User) -> str:
    """What the file is called."""
    return f"cryptopulse-{user.username}.jsonl"


def place_of(user: User, text: str) -> Place:
    """The place in the `resume` of a line. Raises CursorRefused for one that is broken or not of this account."""
    found = read_cursor(text, username=user.username, view=_view(user))
    if not has_rows_of_users(found["table"]):
        raise CursorRefused("this export was begun on another version of the site; start it again")
    rows = {name: int(count) for name, count in found["rows"].items()}
    return Place(Position(found["table"], found["key"]), Tally(rows, found["sha256"]))


def lines(user: User, place: Place | None = None) -> Iterator[str]:
    """The lines of the whole export, each with its end; those behind the place, where one is given.

    Holds one page: at most 500 rows and 1 MB of the store. One request for each page, at least one for each table.
    """
    tally = Tally() if place is None else Tally(dict(place.tally.rows), place.tally.digest)
    if place is None:
        about = {"username": user.username, "exported_at": clock.to_text(clock.now())}
        header = _json({"format": FORMAT, "version": VERSION, **about})
        tally.chain(header)
        yield f"{header}\n"
    rows = size = 0
    for page in pages_of(user.username, None if place is None else place.position, limit=ROWS_AT_ONCE):
        name = page.table.name
        tally.rows.setdefault(name, 0)
        for item in page.items:
            line = _json({"table": name, "row": _readable(page.table, item)})
            tally.chain(line)
            tally.rows[name] += 1
            rows, size = rows + 1, size + len(line)
            yield f"{line}\n"
        if (rows >= ROWS_AT_ONCE or size >= MOST_BETWEEN) and page.following and _may_be_named(page.following):
            rows = size = 0
            yield f"{_json({'resume': _signed(user, Place(page.following, tally))})}\n"
    yield f"{_json({'totals': tally.rows, 'rows': sum(tally.rows.values()), 'sha256': tally.digest})}\n"


def _may_be_named(position: Position) -> bool:
    """Whether the position names no secret: it is signed, but not hidden."""
    return not SECRETS.get(position.table, frozenset()) & (position.key or {}).keys()


def _signed(user: User, place: Place) -> str:
    position, tally = place.position, place.tally
    content = {"table": position.table, "key": position.key, "rows": tally.rows, "sha256": tally.digest}
    return sign_cursor(content, username=user.username, view=_view(user))


def _view(user: User) -> str:
    """A name may have another owner after the account is closed."""
    return f"export {VERSION} of {clock.to_text(user.created_at)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _readable(table: Table, item: Item) -> dict[str, Any]:
    """The row, in the order of its names: the same row is the same text, whichever store it comes from.

    Numbers are exact text, bytes base64, sets sorted lists. What apps keep packed is unpacked.
    """
    for unpacked in wiring.listed("EXPORT_UNPACKERS"):
        item = unpacked(table, item)
    secrets = SECRETS.get(table.name, frozenset())
    return {name: _plain(value) for name, value in sorted(item.items()) if name not in secrets}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return money.plain(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in sorted(value.items())}
    if isinstance(value, (list, set, tuple)):
        return [_plain(inner) for inner in (sorted(value) if isinstance(value, set) else value)]
    return value
