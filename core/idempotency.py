"""Requests that may be repeated: a claim is a row written in the same transaction as what the request makes.

The claim of a repeated request fails, and its transaction with it: nothing is made twice. The row says what the first
one made, for 24 hours.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.crypto import salted_hmac

from core import clock
from core.storage.operations import Attr, Get, Item, Put, Write
from core.tables import IDEMPOTENCY

LABEL = "idempotency"
"""Label of the write; a transaction cancelled for it must not be tried again."""
LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that a client gave for one request, and the digest of what that request says.

    `key` None: the client gave none, and nothing is claimed.
    """

    username: str = ""
    key: str | None = None
    digest: str = ""

    def also(self, reference: str, *, status: int = 201) -> tuple[Write, ...]:
        """The writes that join the transaction which makes `reference`, answered with this HTTP status."""
        if self.key is None:
            return ()
        now = clock.now()
        item = {
            "username": self.username,
            "key": self.key,
            "digest": self.digest,
            "status": status,
            "reference": reference,
            "expires_at": clock.to_seconds(now + LIFE),
        }
        free = Attr("key").not_exists() | Attr("expires_at").lte(clock.to_seconds(now))
        return (Put(IDEMPOTENCY, item, condition=free, label=LABEL),)

    def secret_material(self, reference: str) -> bytes | None:
        """32 bytes that only this server makes, the same for a repeated request; None without a key."""
        if self.key is None:
            return None
        parts = "\x1f".join((self.username, self.key, self.digest, reference))
        return salted_hmac("core.idempotency.secret", parts, algorithm="sha256").digest()


@dataclass(frozen=True, slots=True)
class Answered:
    """The digest of an earlier request with the same key, and what it made."""

    digest: str
    status: int
    reference: str


def claim_address(claim: Claim) -> Get:
    """Where a claim is noted, by whichever request came first."""
    return Get(IDEMPOTENCY, {"username": claim.username, "key": claim.key})


def answered_from_item(item: Item) -> Answered | None:
    """The earlier request of a row; None where that was longer ago than a key is kept."""
    if int(item["expires_at"]) <= clock.to_seconds(clock.now()):
        return None
    return Answered(item["digest"], int(item["status"]), item["reference"])
