"""Closing an account leaves no row, however often it is interrupted."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from core import outbox, user_rows, wiring
from core.accounts import services
from core.accounts.events import CLOSE_REQUESTED
from core.accounts.handlers import erase_closed_account
from core.accounts.selectors import find_user, user_get, user_of
from core.accounts.tables import SESSIONS
from core.errors import NotFound
from core.events import Event, event_item
from core.storage import Store, StoreUnavailable, store
from core.tables import OUTBOX
from tests.builders import PASSWORD, a_user, api_client, signed_in
from tests.pages.forms import wrong_fields


def _rows_that_name(who: str, opened: Store) -> list[tuple[str, Any]]:
    return [(table.name, row) for table in wiring.tables() for row in opened.dump(table) if who in str(row)]


def _fill_every_table(username: str) -> int:
    """Rows in every table that a user's rows can be in, alerts aside, which are read as such; how many tables."""
    tables = [
        table
        for table in wiring.tables()
        if table.partition.name == "username" and table.name not in ("Users", "AlertConfigurations")
    ]
    for table in tables:
        for number in range(30):
            sort = {table.sort.name: f"row-{number:03}"} if table.sort else {}
            store().put(table, {"username": username, **sort, "note": username})
    return len(tables)


@pytest.mark.every_backend
def test_closing_on_the_page_leaves_no_row(store: Store) -> None:
    alice = a_user()
    api_client(alice)
    browser, elsewhere = signed_in(alice), signed_in(alice)
    browser.post("/settings/close/", {"password": "wrong-passphrase"})
    browser.post("/password-reset/", {"email": "alice@example.com"})
    browser.post("/settings/api-keys/", {"once": "x", "name": "My bot", "scope": "read", "life": "90"})
    assert _fill_every_table("alice") > 3
    a_user("bob")

    assert browser.post("/settings/close/", {"password": PASSWORD})["Location"] == "/sign-in/"
    assert elsewhere.get("/settings/").status_code == 302
    outbox.sweep()

    assert _rows_that_name("alice", store) == []
    assert user_get("bob").status == "active"


def test_it_wants_the_password() -> None:
    browser = signed_in(a_user())
    response = browser.post("/settings/close/", {"password": "wrong-passphrase"})
    assert response.status_code == 422
    assert set(wrong_fields(response)) == {"password"}
    assert user_get("alice").status == "active"


def test_it_requires_sign_in(client: Client) -> None:
    assert client.get("/settings/close/").status_code == 302


def test_while_it_is_being_deleted_nobody_gets_in_and_the_names_stay_taken(client: Client) -> None:
    alice = a_user()
    program = api_client(alice)
    services.account_close(alice)
    signing_in = client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD})
    assert signing_in.status_code == 422
    assert "closed" in signing_in.content.decode()
    assert program.get("/api/v1/auth/me/").json()["code"] == "account_closing"
    names = {"username": "alice", "email": "other@example.com", "password": "another-passphrase"}
    form = {**names, "account": "empty", "home_currency": "usd"}
    assert set(wrong_fields(client.post("/sign-up/", form))) == {"username"}
    with pytest.raises(NotFound):
        services.account_close(alice)
    with pytest.raises(NotFound):
        services.status_set("alice", "active")


def test_afterwards_name_and_address_are_free(store: Store) -> None:
    services.account_erase(a_user().username)
    assert user_of("alice@example.com") is None
    assert a_user().username == "alice"


def test_an_interrupted_deletion_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = a_user()
    _fill_every_table("alice")
    services.account_close(alice)
    opened_batch_write, calls = store.batch_write, 0

    def fail_in_the_middle(writes: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise StoreUnavailable
        opened_batch_write(writes)

    monkeypatch.setattr(store, "batch_write", fail_in_the_middle)
    with pytest.raises(StoreUnavailable):
        services.account_erase("alice")
    assert user_get("alice").status == "closing"
    monkeypatch.undo()
    services.account_erase("alice")
    outbox.sweep()
    assert _rows_that_name("alice", store) == []


def test_a_late_event_spares_who_took_the_name_since(store: Store) -> None:
    services.account_erase(a_user().username)
    a_user()
    erase_closed_account(Event(CLOSE_REQUESTED, "alice"))
    assert user_get("alice").status == "active"


def test_deleting_who_is_not_there_does_nothing(store: Store) -> None:
    a_user("bob")
    services.account_erase("alice")
    assert find_user("bob") is not None


def test_events_that_wait_or_were_given_up_go_too(store: Store, mailoutbox: list[EmailMessage]) -> None:
    alice = a_user()
    store.put(OUTBOX, event_item(Event("portfolio.something", "alice")))
    store.put(OUTBOX, {**event_item(Event("portfolio.something", "alice")), "shard": "dead"})
    services.account_close(alice)
    user_rows.delete_events_of("alice", keep=CLOSE_REQUESTED)
    outbox.sweep()
    assert _rows_that_name("alice", store) == []


def test_sessions_are_found_by_their_index(store: Store) -> None:
    signed_in(a_user())
    assert SESSIONS in [table for table, _ in user_rows.rows_of("alice")]
