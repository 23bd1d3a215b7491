"""A forgotten password is set again by a mailed link."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from alerts.handlers import queue_password_reset
from alerts.services import deliver_due
from core import outbox
from core.accounts.events import password_reset_requested
from core.accounts.services import password_reset_request, status_set, user_sign_in
from core.storage import Item, Key, Store, Table, measured, using
from tests.builders import PASSWORD, a_user, signed_in
from tests.pages.forms import wrong_fields
from tests.waiting import PATIENCE

NEW = "another-long-passphrase"


def _ask(client: Client, email: str = "alice@example.com") -> None:
    response = client.post("/password-reset/", {"email": email})
    assert response["Location"] == "/password-reset/sent/"
    assert client.get(response["Location"]).status_code == 200
    outbox.sweep()
    deliver_due()


def _link(mail: EmailMessage) -> str:
    found = re.search(r"http://localhost:8000(/password-reset/\S+)", str(mail.body))
    assert found
    return found[1]


@pytest.mark.every_backend
def test_the_link_sets_a_new_password(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user(full_name="Alice Adams")
    elsewhere = signed_in(a_user("bob"))
    _ask(client)
    assert len(mailoutbox) == 1
    assert mailoutbox[0].to == ["alice@example.com"]
    assert "Hello alice," in mailoutbox[0].body
    assert "Adams" not in mailoutbox[0].body
    link = _link(mailoutbox[0])
    assert "alice" in client.get(link).content.decode()
    assert client.post(link, {"new_password": NEW})["Location"] == "/sign-in/"
    assert client.post("/sign-in/", {"identifier": "alice", "password": NEW}).status_code == 302
    assert elsewhere.get("/settings/").status_code == 200


@pytest.mark.parametrize(
    ("backend", "place"),
    [("console", "in the terminal"), ("filebased", str(Path("mail").absolute())), ("smtp", "spam folder")],
)
def test_the_page_says_where_the_mail_is(client: Client, settings: Settings, backend: str, place: str) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_FILE_PATH = "mail"
    assert place in client.get("/password-reset/sent/").content.decode()


def test_it_signs_every_browser_out(client: Client, mailoutbox: list[EmailMessage]) -> None:
    browser = signed_in(a_user())
    _ask(client)
    client.post(_link(mailoutbox[0]), {"new_password": NEW})
    assert browser.get("/settings/").status_code == 302


def test_a_link_is_good_once(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    _ask(client)
    link = _link(mailoutbox[0])
    client.post(link, {"new_password": NEW})
    again = client.post(link, {"new_password": "a-third-long-passphrase"})
    assert again.status_code == 410
    assert client.post("/sign-in/", {"identifier": "alice", "password": NEW}).status_code == 302


def test_a_link_is_good_for_an_hour(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    _ask(client)
    link = _link(mailoutbox[0])
    asked_at = datetime.now(UTC)
    with time_machine.travel(asked_at + timedelta(minutes=59), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(asked_at + timedelta(minutes=61), tick=False):
        assert client.get(link).status_code == 410


def test_a_link_of_another_user_or_a_changed_one_is_void(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    a_user("bob")
    _ask(client)
    link = _link(mailoutbox[0])
    for address in (link.replace("/alice/", "/bob/"), link.replace("/alice/", "/nobody/"), link[:-2] + "x/"):
        assert client.post(address, {"new_password": NEW}).status_code == 410


def test_a_weak_password_is_refused_and_the_link_stays_good(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    _ask(client)
    link = _link(mailoutbox[0])
    weak = client.post(link, {"new_password": "short"})
    assert weak.status_code == 422
    assert set(wrong_fields(weak)) == {"new_password"}
    assert client.post(link, {"new_password": NEW}).status_code == 302


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    counts = []
    for email in ("alice@example.com", "zacharias@example.com"):
        with measured() as usage:
            response = client.post("/password-reset/", {"email": email})
        counts.append((response.status_code, response["Location"], usage.requests))
    assert counts[0] == counts[1] == (302, "/password-reset/sent/", 2)
    outbox.sweep()
    deliver_due()
    assert [mail.to for mail in mailoutbox] == [["alice@example.com"]]


def test_an_account_that_is_not_active_gets_no_mail(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    status_set("alice", "suspended")
    _ask(client)
    assert mailoutbox == []


def test_nobody_is_flooded(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    for _ in range(8):
        _ask(client)
    assert len(mailoutbox) == 5


class ReadTogether(Store):
    """The same data, but the first two reads wait for each other, so that both see the same."""

    def __init__(self, other: Store) -> None:
        super().__init__(other._backend)
        self._reads = count()
        self._together = Barrier(2)

    def get(self, table: Table, key: Key, *, consistent: bool = False) -> Item | None:
        item = super().get(table, key, consistent=consistent)
        if next(self._reads) < 2:
            self._together.wait(timeout=PATIENCE)
        return item


def test_two_requests_at_once_are_both_answered(store: Store, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    with using(ReadTogether(store)), ThreadPoolExecutor(2) as threads:
        list(threads.map(password_reset_request, ["alice@example.com"] * 2))
    outbox.sweep()
    deliver_due()
    assert len(mailoutbox) == 2


def test_a_repeated_event_is_one_mail(mailoutbox: list[EmailMessage]) -> None:
    a_user()
    event = password_reset_requested("alice@example.com")
    for _ in range(2):
        queue_password_reset(event)
        deliver_due()
    assert [mail.message()["Message-ID"] for mail in mailoutbox] == [f"<{event.event_id}@localhost>"]


def test_a_reset_frees_who_is_locked_out(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    for _ in range(5):
        client.post("/sign-in/", {"identifier": "alice", "password": "not-her-passphrase"})
    _ask(client)
    client.post(_link(mailoutbox[0]), {"new_password": NEW})
    assert client.post("/sign-in/", {"identifier": "alice", "password": NEW}).status_code == 302


def test_signing_in_meanwhile_voids_the_link(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    _ask(client)
    user_sign_in("alice", PASSWORD, address="203.0.113.7")
    assert client.get(_link(mailoutbox[0])).status_code == 410


@pytest.mark.parametrize("email", ["", "alice", "alice@", "@example.com"])
def test_what_is_not_an_address_is_refused(client: Client, email: str) -> None:
    response = client.post("/password-reset/", {"email": email})
    assert response.status_code == 422
    assert 'id="id_email_error"' in response.content.decode()
