"""Events of carbon reach history, notification centre and, of goals, mail; once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.mail import EmailMessage

from alerts import handlers
from alerts.domain.notification import Notification
from alerts.presentation.carbon import period_link, period_text
from alerts.selectors import FactEntry, deliveries_all, history_newest, notifications_all
from alerts.services import deliver_due
from carbon.domain.goal import GoalDraft
from carbon.selectors import EntryDraft
from carbon.services import entry_add, goal_add, goal_delete
from core import clock, outbox
from core.accounts.domain import User
from core.events import Event
from core.ids import new_id
from core.storage import Store

pytestmark = pytest.mark.usefixtures("noon")

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def notes(kind: str) -> list[Notification]:
    return [note for note in notifications_all("alice") if note.kind == kind]


def a_goal(user: User, description: str = "") -> str:
    """At most 15 kg a month, of everything; its id."""
    goal_id = new_id()
    draft = GoalDraft("all", "monthly", target_kg=Decimal(15), description=description)
    goal_add(user, goal_id=goal_id, draft=draft)
    return goal_id


def drove(user: User) -> None:
    """A hundred kilometres by car, 16.152 kg."""
    entry_add(user, entry_id=new_id(), draft=EntryDraft(clock.now(), "car_petrol", Decimal(100), "km"))


@pytest.mark.every_backend
def test_a_goal_that_is_passed_reaches_history_notification_centre_and_mail(
    alice: User, store: Store, mailoutbox: list[EmailMessage]
) -> None:
    goal_id = a_goal(alice, description="A lighter month")
    drove(alice)
    outbox.sweep()

    (note,) = notes("carbon_goal")
    assert note.title == "Carbon goal “A lighter month” exceeded: 16.15 kg of 15.00 in November"
    assert "1.15 kg" in note.body
    assert note.link == "/carbon/entries/?from=2026-11-01&to=2026-11-30"
    entries = [each for each in history_newest("alice", 20).items if isinstance(each, FactEntry)]
    (entry,) = [each for each in entries if each.notification_kind == "carbon_goal"]
    assert (entry.kind, entry.subject, entry.notification_id) == ("carbon", goal_id, note.notification_id)

    store.catch_up()
    deliver_due()
    assert [mail.subject for mail in mailoutbox] == ["Carbon goal exceeded: 16.15 kg of 15.00 in November"]
    assert "> A lighter month" in str(mailoutbox[0].body).splitlines()


def test_a_goal_notifies_once_however_much_follows(alice: User) -> None:
    a_goal(alice)
    for _ in range(3):
        drove(alice)
        outbox.sweep()
    assert len(notes("carbon_goal")) == 1


@pytest.mark.every_backend
def test_an_achievement_goes_to_the_centre_alone(alice: User, mailoutbox: list[EmailMessage]) -> None:
    drove(alice)
    outbox.sweep()
    (note,) = notes("achievement")
    assert note.title == "Achievement: First entry"
    assert "50 points" in note.body
    assert note.link == "/carbon/achievements/"
    deliver_due()
    assert deliveries_all("alice") == []
    assert mailoutbox == []
    kinds = [each.notification_kind for each in history_newest("alice", 10).items if isinstance(each, FactEntry)]
    assert kinds == ["achievement"]


def test_the_same_event_again_adds_nothing(alice: User) -> None:
    payload = {"achievement_id": "first_entry", "points": 50, "reached_on": "2026-11-20"}
    event = Event("carbon.achievement_earned", "alice", payload)
    for _ in range(2):
        handlers.notify_achievement_earned(event)
    assert len(notes("achievement")) == len(history_newest("alice", 10).items) == 1


def test_nobody_is_notified_of_a_goal_that_is_gone(alice: User) -> None:
    goal_id = a_goal(alice)
    goal_delete(alice, goal_id)
    payload = {"goal_id": goal_id, "period": "2026-11", "kg": Decimal(20), "target": Decimal(15)}
    handlers.notify_goal_over(Event("carbon.goal_over", "alice", payload))
    assert notifications_all("alice") == []


def test_nobody_is_notified_of_an_achievement_that_nobody_knows(alice: User) -> None:
    handlers.notify_achievement_earned(
        Event("carbon.achievement_earned", "alice", {"achievement_id": "x", "points": 1})
    )
    assert notifications_all("alice") == []


@pytest.mark.parametrize(
    ("period", "text", "first", "last"),
    [
        ("2026-11-20", "on 20 November", "2026-11-20", "2026-11-20"),
        ("2026-W47", "in week 47", "2026-11-16", "2026-11-22"),
        ("2026-W53", "in week 53", "2026-12-28", "2027-01-03"),
        ("2026-02", "in February", "2026-02-01", "2026-02-28"),
        ("2026-12", "in December", "2026-12-01", "2026-12-31"),
        ("2026", "in 2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_every_period_has_its_words_and_its_days(period: str, text: str, first: str, last: str) -> None:
    assert period_text(period) == text
    link = period_link(period, "food")
    assert link == f"/carbon/entries/?category=food&from={first}&to={last}"
