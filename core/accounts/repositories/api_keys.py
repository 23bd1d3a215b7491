"""Keys for programs."""

import hashlib

from core import clock
from core.accounts.domain import ApiKey
from core.accounts.tables import API_KEYS
from core.storage.operations import Attr, Delete, Get, Item, KeyCondition, Put, Query


def digest_of(secret: str) -> str:
    """What the store knows of a key. A key is random and long, so a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_put(key: ApiKey) -> Put:
    """The row of a new key, label `api_key`."""
    item: Item = {
        "key_hash": key.key_hash,
        "key_id": key.key_id,
        "username": key.username,
        "name": key.name,
        "scope": key.scope,
        "created_at": clock.to_text(key.created_at),
    }
    if key.expires_at is not None:
        item["expires_at"] = clock.to_seconds(key.expires_at)
    return Put(API_KEYS, item, condition=Attr("key_hash").not_exists(), label="api_key")


def keys_query(username: str) -> Query:
    """Keys of a user, expired ones too, newest first. May lag."""
    where = KeyCondition("username").eq(username)
    return Query(API_KEYS, where, index="UserIndex", descending=True)


def key_address(key_hash: str) -> Get:
    """Where the key with this digest is."""
    return Get(API_KEYS, {"key_hash": key_hash})


def key_delete(key: ApiKey) -> Delete:
    """Delete a key."""
    return Delete(API_KEYS, key_address(key.key_hash).key)


def key_from_item(item: Item) -> ApiKey:
    """The key that a row holds, expired or not."""
    expires_at = item.get("expires_at")
    return ApiKey(
        key_hash=item["key_hash"],
        key_id=item["key_id"],
        username=item["username"],
        name=item["name"],
        scope=item["scope"],
        created_at=clock.from_text(item["created_at"]),
        expires_at=None if expires_at is None else clock.from_milliseconds(int(expires_at) * 1_000),
    )
