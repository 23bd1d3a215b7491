"""Sessions in the store: hashed, ended for good, expired on time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from core.accounts.services import account_erase, password_change
from core.accounts.sessions import SessionStore
from core.accounts.tables import SESSIONS
from core.storage import Store, measured
from tests.builders import PASSWORD, a_user, signed_in

COOKIE = settings.SESSION_COOKIE_NAME


def _saved(**data: str) -> SessionStore:
    session = SessionStore()
    session.update(data)
    session.save()
    return session


def test_what_is_saved_is_loaded() -> None:
    key = _saved(colour="green").session_key
    assert SessionStore(key)["colour"] == "green"


def test_the_store_does_not_know_the_key(store: Store) -> None:
    key = _saved().session_key
    rows = list(store.dump(SESSIONS))
    assert key is not None
    assert len(rows) == 1
    assert key not in str(rows)


def test_the_cookie_is_not_for_scripts() -> None:
    a_user()
    client = Client()
    client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD})
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.every_backend
def test_a_session_that_was_ended_is_not_brought_back(store: Store) -> None:
    session = _saved()
    here, elsewhere = SessionStore(session.session_key), SessionStore(session.session_key)
    here["late"] = "change"
    elsewhere.flush()
    with pytest.raises(UpdateError):
        here.save()
    assert list(store.dump(SESSIONS)) == []


def test_a_key_that_nobody_handed_out_is_forgotten() -> None:
    session = SessionStore("made-up-by-somebody")
    assert dict(session.items()) == {}
    assert session.session_key is None


def test_a_session_ends_with_its_time_even_while_the_row_is_there(store: Store) -> None:
    browser = signed_in(a_user())
    later = datetime.now(UTC) + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)
    with time_machine.travel(later, tick=False):
        assert browser.get("/settings/").status_code == 302
    assert len(list(store.dump(SESSIONS))) == 1
    assert store.purge_expired(later) >= 1


def test_reading_a_page_writes_no_session() -> None:
    browser = signed_in(a_user())
    with measured() as usage:
        browser.get("/settings/")
    assert usage.write_units == 0


def test_a_new_password_ends_every_other_session() -> None:
    alice = a_user()
    here, elsewhere = signed_in(alice), signed_in(alice)
    form = {"current_password": PASSWORD, "new_password": "another-long-passphrase"}
    assert here.post("/settings/password/", form).status_code == 302
    assert here.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302


def test_a_session_started_before_the_change_does_not_come_back_with_the_old_password() -> None:
    alice = a_user()
    old = signed_in(alice)
    changed = password_change(alice, current=PASSWORD, new="another-long-passphrase")
    password_change(changed, current="another-long-passphrase", new=PASSWORD)
    assert old.get("/settings/").status_code == 302


def test_a_cycled_key_keeps_the_content_and_voids_the_old_one() -> None:
    session = _saved(colour="green")
    before = session.session_key
    session.cycle_key()
    session.save()
    assert session.session_key != before
    assert SessionStore(session.session_key)["colour"] == "green"
    assert "colour" not in SessionStore(before)


def test_a_session_of_a_former_owner_of_the_name_opens_nothing(store: Store) -> None:
    browser = signed_in(a_user())
    (row,) = store.dump(SESSIONS)
    account_erase("alice")
    store.put(SESSIONS, row)  # written by a request that was under way while the account was deleted
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1), tick=False):
        a_user()
        assert browser.get("/settings/").status_code == 302
