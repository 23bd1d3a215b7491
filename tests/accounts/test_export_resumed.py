"""An export that broke off goes on where it was: the same rows as in one go, and the same digest."""

import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.accounts import services
from core.accounts.domain import User
from core.accounts.export import lines, place_of
from core.accounts.tables import API_KEYS
from core.storage import CursorRefused, Store, StoreUnavailable, sign_cursor, store
from core.tables import IDEMPOTENCY
from tests import stores
from tests.accounts.exports import ROWS_BETWEEN, exported_of, read, with_rows
from tests.builders import a_user, api_client

ADDRESS = "/api/v1/auth/me/export/"


@pytest.fixture
def alice(store: Store) -> User:
    """Alice with three times as many rows as lie between two lines at which the export can go on."""
    alice = a_user()
    with_rows(alice, 3 * ROWS_BETWEEN + 7)
    return alice


def sent(client: APIClient, **query: str) -> bytes:
    """The answer's lines."""
    response: Any = client.get(ADDRESS, query)
    assert response.status_code == 200
    return b"".join(response)


def up_to_resume(body: bytes, number: int) -> tuple[bytes, str]:
    """The lines up to that `resume` line, that one included, and what it says."""
    kept: list[bytes] = []
    for line in body.splitlines(keepends=True):
        kept.append(line)
        if b'"resume"' in line:
            if number == 0:
                return b"".join(kept), json.loads(line)["resume"]
            number -= 1
    raise AssertionError("the export has fewer places to go on")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_parts_are_what_one_stream_would_have_been(alice: User, number: int) -> None:
    client = api_client(alice, "read")
    whole = sent(client)
    begun, resume = up_to_resume(whole, number)
    joined = read(begun + sent(client, resume=resume))
    once = read(whole)
    assert joined.rows == once.rows
    assert joined.end == once.end
    assert joined.end is not None
    assert joined.end["sha256"] == joined.sha256
    assert len(joined.resumes) == len(once.resumes)


def test_it_may_break_off_again_and_again(alice: User) -> None:
    client = api_client(alice, "read")
    whole = sent(client)
    once = read(whole)
    joined, resume = up_to_resume(whole, 0)
    for _ in range(len(once.resumes) - 1):
        part, resume = up_to_resume(sent(client, resume=resume), 0)
        joined += part
    joined += sent(client, resume=resume)
    assert read(joined).rows == once.rows
    assert read(joined).end == once.end


@pytest.mark.every_backend(stores.LAGGING)
def test_it_goes_on_within_a_table_on_every_store(store: Store) -> None:
    alice = a_user()
    with_rows(alice, ROWS_BETWEEN + 30)
    store.catch_up()
    whole = "".join(lines(alice)).encode()
    begun, resume = up_to_resume(whole, 0)
    again = "".join(lines(alice, place_of(alice, resume))).encode()
    assert read(begun + again).rows == read(whole).rows
    assert read(begun + again).end == read(whole).end


def test_there_is_a_place_to_go_on_after_each_megabyte_too(store: Store) -> None:
    alice = a_user()
    for number in range(10):
        store.put(IDEMPOTENCY, {"username": "alice", "key": f"big#{number}", "note": "x" * 390_000})
    assert len(exported_of(alice).resumes) >= 3


def test_what_an_export_leaves_out_is_in_no_place_to_go_on(alice: User) -> None:
    hashes = [f"{n:064x}" for n in range(2 * ROWS_BETWEEN)]
    for key_hash in hashes:
        store().put(API_KEYS, {"key_hash": key_hash, "username": "alice", "created_at": "2026-11-20T09:30:00.000Z"})
    resumes = exported_of(alice).resumes
    keys = [place_of(alice, resume).position.key or {} for resume in resumes]
    assert len(keys) > 3
    assert not [key for key in keys if "key_hash" in key or "session_key" in key]


@pytest.mark.parametrize("kind", ["none", "broken", "of another list", "of bob"])
def test_a_place_that_is_not_of_this_account_is_refused(alice: User, kind: str) -> None:
    bob = a_user("bob")
    with_rows(bob, 2 * ROWS_BETWEEN)
    of_bob = exported_of(bob).resumes[0]
    resume = {
        "none": "",
        "broken": of_bob[:-1],
        "of another list": sign_cursor({"table": "Users"}, username="alice", view="api-keys"),
        "of bob": of_bob,
    }[kind]
    refused = api_client(alice).get(ADDRESS, {"resume": resume})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    assert list(refused.json()["errors"]) == ["resume"]
    assert sent(api_client(bob), resume=of_bob)


def test_a_place_of_a_former_owner_of_the_name_is_refused(alice: User) -> None:
    resume = exported_of(alice).resumes[0]
    services.account_erase("alice")
    with pytest.raises(CursorRefused):
        place_of(a_user(), resume)


def test_a_store_that_goes_away_in_the_middle_leaves_a_file_without_an_end(
    alice: User, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_query, calls = store.query, 0

    def fail_later(query: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise StoreUnavailable
        return opened_query(query)

    client = api_client(alice)
    monkeypatch.setattr(store, "query", fail_later)
    response: Any = client.get(ADDRESS)
    pieces: list[bytes] = []
    with pytest.raises(StoreUnavailable):
        pieces.extend(response)
    monkeypatch.undo()
    begun = b"".join(pieces)
    assert b'"totals"' not in begun
    kept, resume = up_to_resume(begun, 0)
    joined = read(kept + sent(client, resume=resume))
    assert joined.rows == read(sent(client)).rows
    assert joined.end is not None
    assert joined.end["sha256"] == joined.sha256


def test_a_store_that_is_away_from_the_beginning_is_a_problem(
    alice: User, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = api_client(alice)
    opened_query = store.query

    def fail(query: Any) -> Any:
        if query.table.name in ("Users", "ApiKeys"):
            return opened_query(query)
        raise StoreUnavailable

    monkeypatch.setattr(store, "query", fail)
    refused = client.get(ADDRESS)
    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
