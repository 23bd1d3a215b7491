"""Events of the budgets reach history, notification centre and mail, in clear words, once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.mail import EmailMessage

from alerts import handlers
from alerts.domain.notification import Notification
from alerts.selectors import FactEntry, deliveries_all, history_newest, notifications_all
from alerts.services import deliver_due
from budgets import events, services
from budgets.domain.budget import Crossing
from core import outbox
from core.accounts.domain import User
from core.accounts.services import account_erase
from core.events import Event
from core.ids import new_id
from core.periods import Month
from core.storage import Store
from tests.budgets.builders import a_draft, budgeted, record_batch, spent
from tests.builders import a_user

pytestmark = pytest.mark.usefixtures("noon")

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOVEMBER = "category=Food+%26+Dining&from=2026-11-01&to=2026-11-30"


def notes(kind: str = "") -> list[Notification]:
    """Alice's notifications of the budgets, newest first; of one kind."""
    every = [note for note in notifications_all("alice") if note.kind != "achievement"]
    return [note for note in every if kind in ("", note.kind)]


def crossed(spent_: str, budget: str = "400.00", *thresholds: int, exceeded: bool = False) -> Event:
    """The event of a threshold of the food budget in November."""
    facts = Crossing(Month(2026, 11), "Food & Dining", Decimal(budget), Decimal(spent_), "usd", thresholds, exceeded)
    return events.threshold_crossed("alice", facts, ("in_app", "email"))


@pytest.mark.every_backend
def test_a_threshold_reaches_history_notification_centre_and_mail(
    alice: User, store: Store, mailoutbox: list[EmailMessage]
) -> None:
    budgeted(alice, "400.00", "Food & Dining")
    spent(alice, "328.00", "Food & Dining", date(2026, 11, 20), merchant="Corner Grocery")
    outbox.sweep()

    (note,) = notes("budget_alert")
    assert note.title == "Food & Dining: 82\u00a0% of 400.00 spent in November"
    for part in ("328.00 of 400.00 USD", "72.00 left", "50 and 80\u00a0%", "Corner Grocery, 328.00 USD on 20 November"):
        assert part in note.body
    assert note.link == f"/budgets/expenses/?{NOVEMBER}"
    (entry,) = [each for each in history_newest("alice", 10).items if each.notification_id == note.notification_id]
    assert isinstance(entry, FactEntry)
    assert (entry.kind, entry.notification_kind, entry.subject) == ("budget", "budget_alert", "Food & Dining")

    store.catch_up()
    deliver_due()
    mails = {mail.subject: mail.body for mail in mailoutbox}
    mail = mails["Food & Dining: 82 % of 400.00 spent in November"]
    assert "72.00 left" in mail
    assert f"/budgets/expenses/?{NOVEMBER}" in mail


def test_each_threshold_notifies_once(alice: User) -> None:
    budgeted(alice, "400.00", "Food & Dining")
    for _ in range(4):
        spent(alice, "30.00", "Food & Dining", date(2026, 11, 20))
        outbox.sweep()
    assert notes("budget_alert") == []
    for _ in range(3):
        spent(alice, "30.00", "Food & Dining", date(2026, 11, 20))
        outbox.sweep()
    assert [note.title for note in notes("budget_alert")] == [
        "Food & Dining: 52\u00a0% of 400.00 spent in November",
    ]


def test_a_budget_that_is_exceeded_says_by_how_much(alice: User) -> None:
    budgeted(alice, "140.00", "Shopping")
    spent(alice, "148.90", "Shopping", date(2026, 11, 20), description="Lamp")
    outbox.sweep()
    (note,) = notes("budget_exceeded")
    assert note.title == "Shopping: 8.90 over the 140.00 of November"
    assert "148.90 of 140.00 USD" in note.body
    assert "8.90 over" in note.body
    assert "Lamp, 148.90 USD on 20 November" in note.body
    assert notes("budget_alert") == []


def test_a_share_is_never_rounded_up_to_a_threshold_that_is_not_reached(alice: User) -> None:
    handlers.notify_threshold_crossed(crossed("319.99", "400.00", 50))
    (note,) = notes()
    assert note.title.startswith("Food & Dining: 79\u00a0% of 400.00")
    assert "50\u00a0%" in note.body


def test_a_budget_of_nothing_has_no_share(alice: User) -> None:
    handlers.notify_threshold_crossed(crossed("5.00", "0.00", 50, 80, 100, exceeded=True))
    (note,) = notes()
    assert note.title == "Food & Dining: 5.00 over the 0.00 of November"
    assert "at 50, 80 and 100\u00a0%" in note.body


def test_only_what_is_new_is_named(alice: User) -> None:
    handlers.notify_threshold_crossed(crossed("401.00", "400.00", exceeded=True))
    (note,) = notes()
    assert "1.00 over" in note.body
    assert "%" not in note.body


@pytest.mark.every_backend
def test_the_same_event_again_adds_nothing(alice: User) -> None:
    event = crossed("328.00", "400.00", 50, 80)
    handlers.notify_threshold_crossed(event)
    before = (notes(), history_newest("alice", 10).items, deliveries_all("alice"))
    handlers.notify_threshold_crossed(event)
    assert (notes(), history_newest("alice", 10).items, deliveries_all("alice")) == before
    assert len(before[0]) == len(before[1]) == len(before[2]) == 1


def test_an_expense_that_is_gone_is_left_out_of_the_words(alice: User) -> None:
    budgeted(alice, "400.00", "Food & Dining")
    expense = spent(alice, "328.00", "Food & Dining", date(2026, 11, 20))
    services.expense_delete(alice, expense.expense_id)
    outbox.sweep()
    (note,) = notes("budget_alert")
    assert "The last expense" not in note.body


def test_the_channels_are_those_that_the_user_chose(alice: User) -> None:
    services.alert_channels_set(alice, ["in_app"])
    budgeted(alice, "400.00", "Food & Dining")
    spent(alice, "328.00", "Food & Dining", date(2026, 11, 20))
    outbox.sweep()
    assert len(notes("budget_alert")) == 1
    assert deliveries_all("alice") == []


@pytest.mark.parametrize("chosen", [{}, {"channels": []}, {"channels": ["in_app", "email"]}])
def test_an_event_that_names_no_channels_goes_by_the_usual_ones(alice: User, chosen: dict[str, list[str]]) -> None:
    event = crossed("328.00", "400.00", 50)
    said = {name: value for name, value in event.payload.items() if name != "channels"}
    handlers.notify_threshold_crossed(replace(event, payload=said | chosen))
    (delivery,) = deliveries_all("alice")
    assert delivery.channel == "email"


def test_a_large_expense_is_shown_with_its_share_of_the_budget(alice: User) -> None:
    budgeted(alice, "140.00", "Shopping")
    spent(alice, "61.30", "Shopping", date(2026, 11, 19), merchant="REI")
    outbox.sweep()
    (note,) = notes("large_expense")
    assert note.title == "Large expense: 61.30 on Shopping"
    for part in ("REI, 61.30 USD on 19 November", "44\u00a0%", "140.00 USD"):
        assert part in note.body
    assert note.link == "/budgets/expenses/?category=Shopping&from=2026-11-01&to=2026-11-30"


def test_a_large_expense_without_a_budget_says_why_it_notifies(alice: User) -> None:
    spent(alice, "100.00", "Travel", date(2026, 11, 19))
    outbox.sweep()
    (note,) = notes("large_expense")
    for part in ("100.00 USD on 19 November", "Travel has no budget", "100.00 or more"):
        assert part in note.body


def test_a_batch_of_an_import_does_not_notify_of_each(alice: User) -> None:
    budgeted(alice, "400.00", "Food & Dining")
    rows = [(new_id(), a_draft("100.00", "Food & Dining", date(2026, 11, 20)), "an import") for _ in range(5)]
    record_batch(alice, rows)
    outbox.sweep()
    assert notes() == []


def test_an_import_notifies_in_one_summary(alice: User) -> None:
    november = Month(2026, 11)
    crossings = [
        Crossing(november, "Food & Dining", Decimal(400), Decimal(328), "usd", (50, 80), exceeded=False),
        Crossing(november, "Shopping", Decimal(140), Decimal("148.90"), "usd", (100,), exceeded=True),
    ]
    event = events.import_finished(
        "alice",
        new_id(),
        added=1204,
        duplicates=3,
        errors=1,
        crossed=crossings,
        currency="usd",
        channels=("in_app", "email"),
    )
    for _ in range(2):
        handlers.notify_import_finished(event)
    (note,) = notes("import_summary")
    assert "1,204 expenses" in note.title
    for part in ("3 rows", "1 row ", "Food & Dining: 82\u00a0% of 400.00", "Shopping: 8.90 over"):
        assert part in note.body


def test_an_import_of_every_row_says_so(alice: User) -> None:
    facts = {"added": 1, "duplicates": 0, "errors": 0, "crossed": (), "currency": "usd", "channels": ("in_app",)}
    handlers.notify_import_finished(events.import_finished("alice", new_id(), **facts))  # type: ignore[arg-type]
    (note,) = notes("import_summary")
    assert "1 expense " in note.title
    assert not any(each.isdigit() for each in note.body)


def test_a_closed_account_is_not_notified(alice: User) -> None:
    account_erase("alice")
    handlers.notify_threshold_crossed(crossed("328.00", "400.00", 50))
    assert notifications_all("alice") == []


def test_nobody_else_is_notified(alice: User) -> None:
    bob = a_user("bob")
    budgeted(bob, "400.00", "Food & Dining")
    spent(bob, "328.00", "Food & Dining", date(2026, 11, 20))
    outbox.sweep()
    assert notifications_all("alice") == []
    assert any(note.kind == "budget_alert" for note in notifications_all("bob"))
