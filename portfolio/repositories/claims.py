"""Claims on client-made ids whose rows carry another key: what each of them made, as items of Idempotency."""

from datetime import datetime
from typing import Literal

from core import clock, ids
from core.storage.operations import Attr, Get, Item, Put
from core.tables import IDEMPOTENCY

Kind = Literal["cash", "trade"]

MARK = "§"
"""Parts kind and id; an Idempotency-Key is ASCII, so that none can be such a key."""
KEPT = 2 * ids.LARGEST_SKEW
"""An id is accepted until a day after its own time, which may be a day ahead."""


def claim_address(username: str, kind: Kind, client_id: str) -> Get:
    """Where the claim on this id is; ids of different kinds of things have nothing to do with each other."""
    return Get(IDEMPOTENCY, {"username": username, "key": _key(kind, client_id)})


def claim_put(username: str, kind: Kind, client_id: str, *, reference: str, at: datetime) -> Put:
    """Claim the id for the row that `reference` names; fails where it is taken."""
    return Put(
        IDEMPOTENCY,
        {
            "username": username,
            "key": _key(kind, client_id),
            "reference": reference,
            "expires_at": clock.to_seconds(at + KEPT),
        },
        condition=Attr("key").not_exists(),
        label="claim",
    )


def reference_of(item: Item) -> str:
    """The row that a claim names."""
    return str(item["reference"])


def kind_of(item: Item) -> str:
    """Of what kind of thing a claim is; empty for that of an Idempotency-Key."""
    kind, mark, _ = str(item["key"]).partition(MARK)
    return kind if mark else ""


def _key(kind: Kind, client_id: str) -> str:
    return f"{kind}{MARK}{client_id}"
