"""Alerts on prices in words; those of a condition are the condition's own."""

from decimal import Decimal

from django.urls import reverse

from alerts.domain.alert import Alert
from alerts.domain.history import HistoryEntry, Outcome
from alerts.domain.notification import MailWords, Words
from alerts.presentation.own import mail_body, own_words
from core import money
from core.presentation import numbers
from market.triggers.crossing import Watch
from market.triggers.partitions import Direction

SUPPRESSED_BY = {Outcome.COOLDOWN: "within the cooldown", Outcome.EXPIRED: "the alert had expired"}


def firing_words(alert: Alert, price: Decimal) -> Words:
    """Title, sentences and mail of a firing at this price: what is true now, and the user's note."""
    text = f"{alert.asset_name} ({alert.ticker}): {alert.terms.condition.text_of_firing(price)}"
    note = alert.terms.note
    return Words(
        title=_title(alert),
        body=f"{text}\n\n{note}" if note else text,
        link=link(alert),
        mail=MailWords(_subject(alert), mail_body(text, _name_marked(alert), own_words("Your note", note))),
    )


def test_words(alert: Alert) -> Words:
    """The same for a test message: which alert it is of, and that its price has not changed."""
    text = f"This is a test of your alert on {alert.asset_name}. Its price has not changed."
    return Words(
        title=f"Test: {_title(alert)}",
        body=text,
        link=link(alert),
        mail=MailWords(f"Test: {_subject(alert)}", mail_body(text, _name_marked(alert))),
    )


def suppressed_text(entry: HistoryEntry) -> str:
    """Why a firing notified nobody; empty where it did."""
    return SUPPRESSED_BY.get(entry.outcome, "")


def rearm_text(watch: Watch) -> str:
    """Which price arms a waiting alert again: `at or below 83,500.00`."""
    side, beyond = ("below", "at or below") if watch.direction is Direction.UP else ("above", "at or above")
    by_a_quantum = abs(watch.threshold - watch.rearm_level) == money.QUANTUM and not watch.operator.is_strict
    words, level = (side, watch.threshold) if by_a_quantum else (beyond, watch.rearm_level)
    return f"{words} {numbers.exact(level)}"


def link(alert: Alert) -> str:
    """The path of the alert's page."""
    return reverse("alerts:detail", args=[alert.alert_id])


def _title(alert: Alert) -> str:
    """One line: what is true now, behind the user's name for the alert."""
    name = f"{alert.terms.name}: " if alert.terms.name else ""
    return f"{name}{_subject(alert)}"


def _subject(alert: Alert) -> str:
    """The same without the name: `Bitcoin price above 84,000.00`."""
    return f"{alert.asset_name} {alert.terms.condition.text}"


def _name_marked(alert: Alert) -> str:
    return own_words("Your name for the alert", alert.terms.name)
