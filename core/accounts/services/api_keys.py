"""Keys for programs."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from core import clock, ids, stream
from core.accounts.domain import ApiKey, KeyScope, User
from core.accounts.repositories import api_keys, users
from core.accounts.usage import KEYS
from core.commit import commit
from core.errors import InvalidInput, NotFound, Refused
from core.field_rules import normalised
from core.reading import every
from core.retry import LostRace, optimistic
from core.storage import TransactionCancelled, Write, store
from core.usage.held import ENDLESS, held_address, held_from_item, held_less
from core.usage.held import LABEL as HELD_LABEL

PREFIX = "cp_"
"""Shows people and secret scanners what they have found."""
LONGEST_KEY_NAME = 60


def api_key_create(
    user: User,
    *,
    name: str,
    scope: KeyScope,
    expires_at: datetime | None,
    key_id: str | None = None,
    secret: str | None = None,
    also: Sequence[Write] = (),
) -> tuple[ApiKey, str]:
    """A new key and its secret, which nobody can learn again; 2 requests.

    A caller who must answer a repeated request gives `key_id` and `secret`. The key ends at the full second. Raises
    InvalidInput, NotFound where the account is closed, Refused `key_exists` for a secret that is there already, and
    `key_quota` for a user with 50 valid keys.
    """
    now = clock.now()
    if expires_at is not None and expires_at <= now:
        raise InvalidInput({"expires_at": ["Choose a time in the future."]})
    secret = secret or api_key_secret()
    key = ApiKey(
        key_hash=api_keys.digest_of(secret),
        key_id=key_id or ids.new_id(),
        username=user.username,
        name=normalised({"name": _normal_key_name}, {"name": name})["name"],
        scope=scope,
        created_at=now,
        expires_at=expires_at and expires_at.replace(microsecond=0),
    )
    optimistic(lambda: _create(key, also))
    return key, secret


def api_key_secret(material: bytes | None = None) -> str:
    """The text of a key: of 32 secret bytes, random ones by default."""
    return PREFIX + (material or secrets.token_bytes(32)).hex()


def api_key_revoke(username: str, key_id: str) -> None:
    """Make a key of this user void at once. Raises NotFound, in the same way for a key of somebody else."""
    for key in map(api_keys.key_from_item, every(api_keys.keys_query(username))):
        if key.key_id == key_id:
            commit([api_keys.key_delete(key), held_less(username, KEYS, key_id)])
            stream.recheck_sign_in(username)
            return
    raise NotFound("That key")


def _create(key: ApiKey, also: Sequence[Write]) -> None:
    """Write the key and that it is held, in one transaction. Raises LostRace where another was made since the look."""
    gets = [held_address(key.username, KEYS), api_keys.key_address(key.key_hash)]
    item, there = store().batch_get(gets, consistent=True)
    if there is not None:
        raise _exists()
    end = ENDLESS if key.expires_at is None else clock.to_seconds(key.expires_at)
    now = clock.to_seconds(clock.now())
    held = held_from_item(key.username, KEYS, item).with_one(key.key_id, end, now)
    # not by core.commit: a form sent twice is answered `key_exists`, though its claim in `also` fails as well
    try:
        store().transact_write([api_keys.key_put(key), users.open_check(key.username), held, *also])
    except TransactionCancelled as error:
        if error.failed("account"):
            raise NotFound("An open account of this name") from error
        if error.failed("api_key"):
            raise _exists() from error
        if error.labels == (HELD_LABEL,):
            raise LostRace from error
        raise


def _exists() -> Refused:
    return Refused("key_exists", "This key was already created. It is in the list.")


def _normal_key_name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_KEY_NAME or not name.isprintable():
        raise ValueError(f"Enter a name of 1 to {LONGEST_KEY_NAME} characters.")
    return name
