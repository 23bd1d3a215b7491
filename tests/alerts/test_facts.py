"""Facts of budgets and carbon notify once, in one transaction, by the channels that were chosen."""

import pytest
from django.core.mail import EmailMessage

from alerts.domain.facts import FactEntry
from alerts.domain.kinds import NotificationKind
from alerts.selectors import deliveries_all, history_all, history_newest, notifications_all, unread_newest
from alerts.services import deliver_due
from core.accounts.services import account_erase
from core.events import Event
from core.storage import Store, measured
from tests.alerts.builders import an_alert, notified, prices_move
from tests.builders import a_user


@pytest.mark.every_backend
def test_a_fact_reaches_history_notification_centre_and_mail(store: Store, mailoutbox: list[EmailMessage]) -> None:
    alice = a_user("alice")
    event = notified(alice)

    (entry,) = history_newest("alice", 10).items
    (note,) = notifications_all("alice")
    assert isinstance(entry, FactEntry)
    assert (entry.kind, entry.notification_kind, entry.subject) == ("budget", "budget_alert", "Food & Dining")
    assert (entry.title, entry.link, entry.at) == (note.title, note.link, note.at)
    assert (entry.notification_id, entry.reference) == (note.notification_id, event.event_id)
    assert entry.channels == ("in_app", "email")
    assert len(unread_newest("alice")) == 1

    store.catch_up()
    deliver_due()
    (mail,) = mailoutbox
    assert mail.subject == "Food & Dining: 82 % of 400.00 spent in November"
    assert "72.00 left" in mail.body
    assert mail.extra_headers["Message-ID"].startswith(f"<{event.event_id}@")


@pytest.mark.every_backend
def test_the_same_event_again_adds_nothing() -> None:
    alice = a_user("alice")
    event = notified(alice)
    before = (history_newest("alice", 10).items, notifications_all("alice"), deliveries_all("alice"))
    notified(alice, event=event)
    assert (history_newest("alice", 10).items, notifications_all("alice"), deliveries_all("alice")) == before


def test_two_events_are_two_facts() -> None:
    alice = a_user("alice")
    notified(alice)
    notified(alice)
    assert len(history_newest("alice", 10).items) == len(notifications_all("alice")) == 2


def test_it_is_one_request() -> None:
    alice = a_user("alice")
    with measured() as usage:
        notified(alice)
    assert usage.requests == 1


def test_nobody_is_notified_of_an_account_that_is_closed(store: Store) -> None:
    alice = a_user("alice")
    account_erase("alice")
    notified(alice)
    assert notifications_all("alice") == []
    assert history_newest("alice", 10).items == ()


def test_a_fact_for_the_centre_alone_sends_no_mail(mailoutbox: list[EmailMessage]) -> None:
    notified(a_user("alice"), kind=NotificationKind.ACHIEVEMENT, channels=("in_app",))
    deliver_due()
    assert deliveries_all("alice") == []
    assert mailoutbox == []
    assert [note.kind for note in notifications_all("alice")] == ["achievement"]


def test_facts_stay_out_of_the_history_of_prices() -> None:
    alice = a_user("alice")
    notified(alice)
    an_alert(alice, ">", "105")
    prices_move("106")
    assert [entry.asset_id for entry in history_all("alice")] == ["bitcoin"]
    assert len(history_newest("alice", 10).items) == 2


def test_another_user_is_not_notified() -> None:
    a_user("bob")
    notified(a_user("alice"))
    assert notifications_all("bob") == []
    assert history_newest("bob", 10).items == ()


def test_an_event_says_whom_it_is_for() -> None:
    alice = a_user("alice")
    event = notified(alice, event=Event("budgets.threshold_crossed", "alice"))
    assert {note.reference for note in notifications_all("alice")} == {event.event_id}
