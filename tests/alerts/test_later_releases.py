"""Rows that a later release wrote, as found after a rollback: they are listed as far as they can be read."""

import pytest
from django.core.mail import EmailMessage

from alerts.selectors import history_newest, notifications_newest
from alerts.services import deliver_due
from core.accounts.domain import User
from core.storage import Store
from tests.alerts.builders import an_alert, notified, prices_move
from tests.builders import a_user, api_client, signed_in
from tests.reconciling.books import copy, found, rows, spoil

TITLE = "Rain: 12 mm in November"
LATER = "2999-01-01T00:00:00.000Z#x"
PAGES = ("/alerts/history/", "/notifications/", "/notifications/unread/", "/")


@pytest.fixture
def alice(store: Store) -> User:
    """A user with a firing, and a fact of a kind that only the later release knows."""
    user = a_user("alice")
    an_alert(user, ">", "105")
    prices_move("106")
    notified(user, TITLE, seconds=10)
    (entry,) = rows(store, "AlertHistory", kind="budget")
    spoil("AlertHistory", entry, kind="weather", told_as="rain")
    for row in rows(store, "Notifications", kind="budget_alert"):
        spoil("Notifications", row, kind="rain")
    return user


def test_they_are_listed_as_others(alice: User) -> None:
    assert [(each.kind, each.notifies) for each in history_newest("alice", 10).items] == [
        ("other", True),
        ("price", True),
    ]
    assert [(each.kind, each.title) for each in notifications_newest("alice", 1).items] == [("other", TITLE)]
    assert [each.kind for each in notifications_newest("alice", 10, kind="alert").items] == ["alert"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_and_marks_them_as_private(alice: User, path: str) -> None:
    answer = signed_in(alice).get(path)
    assert answer.status_code == 200
    assert (
        f'<span class="private">{TITLE}</span>' in answer.content.decode() or "data-private" in answer.content.decode()
    )


def test_programs_read_them(alice: User) -> None:
    program = api_client(alice)
    history = program.get("/api/v1/alerts/history/").json()["items"]
    assert (history[0]["kind"], history[0]["type"], history[0]["title"]) == ("other", "other", TITLE)
    notes = program.get("/api/v1/notifications/").json()["items"]
    assert [each["type"] for each in notes] == ["other", "alert"]


def test_their_mail_goes_out_and_all_agrees(alice: User, store: Store, mailoutbox: list[EmailMessage]) -> None:
    assert deliver_due().sent == 2
    assert TITLE in {mail.subject for mail in mailoutbox}
    assert found(store) == []


def test_an_alert_with_a_condition_of_another_kind_is_left_out(alice: User, store: Store) -> None:
    known = an_alert(alice)
    (row,) = rows(store, "AlertConfigurations", ended_by="fired")
    spoil("AlertConfigurations", row, condition_type="moon")
    for path in ("/", "/alerts/", "/alerts/history/"):
        assert signed_in(alice).get(path).status_code == 200
    listed = api_client(alice).get("/api/v1/alerts/").json()["items"]
    assert [each["alert_id"] for each in listed] == [known.alert_id]


def test_rows_of_another_shape_are_listed(alice: User, store: Store) -> None:
    (fired,) = rows(store, "AlertHistory", kind="price")
    spoil("AlertHistory", fired, condition_type="moon", threshold=None, operator=None)
    copy("AlertHistory", {"username": "alice"}, triggered_at=LATER, kind="weather")
    assert [each.kind for each in history_newest("alice", 10).items] == ["other", "other", "other"]
    assert signed_in(alice).get("/alerts/history/").status_code == 200
