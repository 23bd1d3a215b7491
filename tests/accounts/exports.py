"""Exports as tests read them."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from core.accounts.domain import User
from core.accounts.export import lines
from core.storage import Put, store
from core.tables import IDEMPOTENCY

ROWS_BETWEEN = 500
"""Rows after which there is a line at which an export can go on."""


@dataclass
class Exported:
    """What the lines of an export say."""

    header: dict[str, Any] | None = None
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    resumes: list[str] = field(default_factory=list)
    end: dict[str, Any] | None = None
    sha256: str = ""
    """Worked out from the lines."""


def read(body: bytes) -> Exported:
    """The lines of an export, or of several parts of one after the other. Each must be one of the four kinds."""
    exported, digest = Exported(), b""
    for line in body.decode().removesuffix("\n").split("\n"):
        assert exported.end is None
        found = json.loads(line)
        if "resume" in found:
            exported.resumes.append(found["resume"])
            continue
        if "totals" in found:
            exported.end = found
            continue
        digest = hashlib.sha256(digest + line.encode()).digest()
        if "row" in found:
            exported.rows.setdefault(found["table"], []).append(found["row"])
        else:
            assert exported.header is None
            exported.header = found
    exported.sha256 = digest.hex()
    return exported


def exported_of(user: User) -> Exported:
    """The whole export."""
    return read("".join(lines(user)).encode())


def with_rows(user: User, count: int) -> None:
    """Give the user this number of rows of 400 bytes, of a kind that no other test reads."""
    for start in range(0, count, 25):
        numbers = range(start, min(count, start + 25))
        rows = [
            {"username": user.username, "key": f"made#{n:06}", "note": f"row {n} ".ljust(400, ".")} for n in numbers
        ]
        store().batch_write([Put(IDEMPOTENCY, row) for row in rows])
