"""Reactions to what the budgets tell: each event is told once, however often it comes."""

from django.urls import reverse

from alerts.domain.facts import Fact
from alerts.domain.notification import NotificationKind
from alerts.routing import route
from alerts.services import fact_notify
from alerts.wording import budgets as wording
from budgets.selectors import Expense, expense_get
from core.errors import NotFound
from core.events import Event


def notify_threshold_crossed(event: Event) -> None:
    """Tell that a category reached levels of its budget or exceeded it, by the channels chosen for budgets."""
    said = event.payload
    expense = _expense(event)
    kind = NotificationKind.BUDGET_EXCEEDED if said["exceeded"] else NotificationKind.BUDGET_ALERT
    fact = Fact(
        kind=kind,
        subject=said["category"],
        title=wording.crossed_title(said),
        body=wording.crossed_body(said, expense),
        link=wording.month_link(said["category"], said["month"]),
        channels=route(kind, said.get("channels", ())),
        mail=wording.crossed_mail(said, expense),
    )
    fact_notify(event, fact)


def notify_large_expense(event: Event) -> None:
    """Tell of an expense that is large for its category; the link leads to the expenses beside it."""
    said, expense = event.payload, _expense(event)
    month = f"{event.occurred_at:%Y-%m}" if expense is None else str(expense.month)
    fact = Fact(
        kind=NotificationKind.LARGE_EXPENSE,
        subject=said["category"],
        title=wording.large_title(said),
        body=wording.large_body(said, expense),
        link=wording.month_link(said["category"], month),
        channels=route(NotificationKind.LARGE_EXPENSE, said.get("channels", ())),
        mail=wording.large_mail(said, expense),
    )
    fact_notify(event, fact)


def notify_import_finished(event: Event) -> None:
    """Tell how an import ended, in one message with every budget that it took over a level."""
    said = event.payload
    fact = Fact(
        kind=NotificationKind.IMPORT_SUMMARY,
        subject=said["import_id"],
        title=wording.import_title(said),
        body=wording.import_body(said),
        link=reverse("budgets:import", args=[said["import_id"]]),
        channels=route(NotificationKind.IMPORT_SUMMARY, said.get("channels", ())),
        mail=wording.import_mail(said),
    )
    fact_notify(event, fact)


def _expense(event: Event) -> Expense | None:
    """The expense that did it; None where none did, or where it is gone by now."""
    expense_id = event.payload.get("expense_id")
    if expense_id is None:
        return None
    try:
        return expense_get(event.username, expense_id)
    except NotFound:
        return None
