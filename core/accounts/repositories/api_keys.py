"""Keys for programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from core import clock
from core.accounts.domain import ApiKey
from core.accounts.tables import API_KEYS
from core.reading import Rows, every, rows_of
from core.storage import Attr, Delete, Get, Item, Key, KeyCondition, Put, Query, store


def digest_of(secret: str) -> str:
    """What the store knows of a key. A key is random and long, so a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def get(secret: str) -> ApiKey | None:
    """The key, expired or not; 1 request, consistent, so that a key revoked elsewhere is void here."""
    item = store().get(API_KEYS, {"key_hash": digest_of(secret)}, consistent=True)
    return _key_from_item(item) if item else None


def new_key_write(key: ApiKey) -> Put:
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


def page_of(username: str, *, limit: int | None = None, cursor: Key | None = None) -> Rows[ApiKey]:
    """Keys of a user, expired ones too, newest first; 1 request."""
    return rows_of(store().query(replace(_newest(username), limit=limit, cursor=cursor)), _key_from_item)


def all_of(username: str) -> Iterator[ApiKey]:
    """The same, all of them; one request for each 1 MB. May lag."""
    return (_key_from_item(item) for item in every(_newest(username)))


def key_address(key_hash: str) -> Get:
    """Where the key with this digest is."""
    return Get(API_KEYS, {"key_hash": key_hash})


def delete_write(key: ApiKey) -> Delete:
    """Take a key away for good."""
    return Delete(API_KEYS, key_address(key.key_hash).key)


def _newest(username: str) -> Query:
    return Query(API_KEYS, KeyCondition("username").eq(username), index="UserIndex", descending=True)


def _key_from_item(item: Item) -> ApiKey:
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
