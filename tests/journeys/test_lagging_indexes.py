"""What must not trust an index, on a store whose indexes lag some writes behind."""

from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from alerts.services import deliver_due
from core import outbox, wiring
from core.accounts.domain import User
from core.accounts.selectors import user_get
from core.accounts.services import account_close, password_change
from core.accounts.tables import API_KEYS, SESSIONS
from core.errors import NotFound
from core.storage import Store, open_store, using
from tests.alerts.builders import an_alert, history_of, prices_move
from tests.builders import PASSWORD, a_user, api_client, signed_in, there

ALICE = User("alice", "alice@example.com")
NEW = "another-long-passphrase"


@pytest.fixture
def lagging() -> Iterator[Store]:
    """A store whose indexes show nothing of what a test writes until they catch up."""
    opened = open_store("memory://?index_lag=1000")
    opened.create_tables(wiring.tables())
    with using(opened):
        yield opened


@pytest.mark.parametrize("index_lag", [0, 1, 10, 50])
def test_each_alert_fires_once(index_lag: int) -> None:
    lagging = open_store(f"memory://?index_lag={index_lag}")
    lagging.create_tables(wiring.tables())

    with using(lagging):
        there(ALICE)
        for threshold in range(101, 113):
            an_alert(ALICE, ">", str(threshold))
        moved = sum(prices_move(str(price)) for price in range(100, 115))
        lagging.catch_up()
        moved += prices_move("114")

        assert moved == 12
        assert len({entry.alert_id for entry in history_of(ALICE)}) == len(history_of(ALICE)) == 12


def test_who_signed_up_a_moment_ago_signs_in_by_address(lagging: Store, client: Client) -> None:
    a_user()
    response = client.post("/sign-in/", {"identifier": "alice@example.com", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_password_changed_a_moment_ago_is_the_one_that_counts(lagging: Store, client: Client) -> None:
    alice = a_user()
    lagging.catch_up()
    password_change(alice, current=PASSWORD, new=NEW)
    form = {"identifier": "alice@example.com"}
    assert client.post("/sign-in/", {**form, "password": PASSWORD}).status_code == 422
    assert client.post("/sign-in/", {**form, "password": NEW}).status_code == 302


def test_the_mail_that_resets_a_password_goes_to_the_address_of_now(
    lagging: Store, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    browser = signed_in(a_user())
    lagging.catch_up()
    browser.post("/settings/email/", {"password": PASSWORD, "email": "new@example.com"})
    for address in ("alice@example.com", "new@example.com"):
        client.post("/password-reset/", {"email": address})
    outbox.sweep()
    lagging.catch_up()
    deliver_due()
    resets = [mail for mail in mailoutbox if "/password-reset/" in mail.body]
    assert [mail.to for mail in resets] == [["new@example.com"]]


def test_an_account_closed_a_moment_after_it_was_used_opens_to_nobody(lagging: Store) -> None:
    alice = a_user()
    program, browser = api_client(alice), signed_in(alice)
    account_close(alice)
    outbox.sweep()

    with pytest.raises(NotFound):
        user_get("alice")
    assert len([*lagging.dump(SESSIONS), *lagging.dump(API_KEYS)]) == 2  # no index showed them yet
    a_user()
    assert program.get("/api/v1/auth/me/").status_code == 401
    assert browser.get("/settings/").status_code == 302


def test_an_account_that_an_index_still_shows_is_erased_all_the_same(lagging: Store) -> None:
    alice = a_user()
    api_client(alice), signed_in(alice)
    lagging.catch_up()
    account_close(alice)
    outbox.sweep()

    assert [row for table in wiring.tables() for row in lagging.dump(table) if "alice" in str(row.values())] == []
