"""Reactions to events of other apps: notifications, and mails about accounts; each once, however often it comes."""

from alerts.domain.facts import Fact
from alerts.domain.kinds import NotificationKind
from alerts.domain.notification import Words
from alerts.presentation import budgets as budget_words
from alerts.presentation import carbon as carbon_words
from alerts.presentation.orders import filled_words
from alerts.routing import route
from alerts.services import account_mail_queue, deliveries_release, fact_notify
from budgets.selectors import Expense, expense_get
from carbon.selectors import achievement_named, goal_get
from core.accounts.mails import MailKind
from core.accounts.selectors import user_asked_to_confirm, user_get, user_to_reset
from core.accounts.services import lockout
from core.errors import NotFound
from core.events import Event


def queue_password_reset(event: Event) -> None:
    """Have the link mailed to the user of the address, if somebody may use it."""
    user = user_to_reset(event.payload["email"])
    if user is not None:
        account_mail_queue(event, MailKind.PASSWORD_RESET, user, address=user.email)


def queue_confirmation(event: Event) -> None:
    """Have the link mailed that proves an address, unless it is proved or no longer the account's.

    An address gets five within 300 seconds at most, however many accounts name it.
    """
    user = user_asked_to_confirm(event.username, event.payload["email"])
    if user is not None:
        limited_by = lockout.confirm_mail_try(user.email)
        account_mail_queue(event, MailKind.CONFIRM_ADDRESS, user, address=user.email, limited_by=limited_by)


def queue_change_notice(event: Event) -> None:
    """Have a mail sent to the address that the account had before, with the link that undoes the change."""
    _queue_for_former(event, MailKind.ADDRESS_CHANGED)


def queue_revert_notice(event: Event) -> None:
    """Have a mail sent to the address that the account had until the change was undone."""
    _queue_for_former(event, MailKind.ADDRESS_REVERTED)


def release_waiting(event: Event) -> None:
    """Send what waited for a proved address."""
    deliveries_release(event.username)


def notify_order_filled(event: Event) -> None:
    """Notify of a filled order."""
    _notify(event, NotificationKind.ORDER, event.payload["order_id"], filled_words(event.payload))


def notify_threshold_crossed(event: Event) -> None:
    """Notify of a category that reached thresholds of its budget or exceeded it."""
    said = event.payload
    kind = NotificationKind.BUDGET_EXCEEDED if said["exceeded"] else NotificationKind.BUDGET_ALERT
    _notify(event, kind, said["category"], budget_words.crossed_words(said, _expense(event)))


def notify_large_expense(event: Event) -> None:
    """Notify of an expense that is large for its category."""
    words = budget_words.large_words(event.payload, _expense(event), event.occurred_at)
    _notify(event, NotificationKind.LARGE_EXPENSE, event.payload["category"], words)


def notify_import_finished(event: Event) -> None:
    """Notify of how an import ended, in one message with every budget of which it reached a threshold."""
    said = event.payload
    _notify(event, NotificationKind.IMPORT_SUMMARY, said["import_id"], budget_words.import_words(said))


def notify_goal_over(event: Event) -> None:
    """Notify of a goal that was passed, unless it has been deleted since."""
    try:
        goal = goal_get(event.username, event.payload["goal_id"])
    except NotFound:
        return
    _notify(event, NotificationKind.CARBON_GOAL, goal.goal_id, carbon_words.goal_words(event.payload, goal))


def notify_achievement_earned(event: Event) -> None:
    """Notify of an achievement, unless it is no longer in the catalogue."""
    try:
        achievement = achievement_named(event.payload["achievement_id"])
    except NotFound:
        return
    words = carbon_words.achievement_words(achievement)
    _notify(event, NotificationKind.ACHIEVEMENT, achievement.achievement_id, words)


def _notify(event: Event, kind: NotificationKind, subject: str, words: Words) -> None:
    """By the channels that the user chose where the event names them; those of an earlier release may not."""
    fact_notify(event, Fact(kind, subject, words, route(kind, event.payload.get("channels", ()))))


def _expense(event: Event) -> Expense | None:
    """The expense that caused the event; None where none did, or where it has been deleted since."""
    expense_id = event.payload.get("expense_id")
    if expense_id is None:
        return None
    try:
        return expense_get(event.username, expense_id)
    except NotFound:
        return None


def _queue_for_former(event: Event, kind: MailKind) -> None:
    try:
        user = user_get(event.username)
    except NotFound:
        return
    account_mail_queue(event, kind, user, address=event.payload["email"])
