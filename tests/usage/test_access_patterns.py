"""Each question to the table of what users keep is one request."""

import pytest

from core import clock
from core.accounts.services import api_key_create
from core.accounts.usage import KEYS
from core.storage import measured, store
from core.usage.counts import counts_change
from core.usage.held import held_address, held_from_item
from core.usage.selectors import usage_of
from core.usage.use import kept
from tests.builders import a_user
from tests.counting import got, one_request

pytestmark = pytest.mark.every_backend


def test_what_a_user_keeps() -> None:
    a_user()
    with one_request():
        figures = [each.quota.figure for each in usage_of("alice")]
    assert figures == ["bytes", "files", "rows", "open_imports", "api_keys", "goals"]


def test_counted_within_the_transaction() -> None:
    with measured() as usage:
        store().transact_write([counts_change("alice", kept(rows=2), {"rows": 2}, clock.to_seconds(clock.now()))])
    assert usage.requests == 1
    assert {each.quota.figure: each.used for each in usage_of("alice")}["rows"] == 2


def test_those_held() -> None:
    key, _ = api_key_create(a_user(), name="Tests", scope="read", expires_at=None)
    held = held_from_item("alice", KEYS, got(held_address("alice", KEYS)))
    assert (dict(held.ends), held.version) == ({key.key_id: 0}, 1)
