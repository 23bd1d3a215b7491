"""Alerts on prices in words; those of a condition are the condition's own."""

from __future__ import annotations

from django.urls import reverse

from alerts.domain.alert import Alert
from alerts.wording.own import mail_body, own_words
from core import money
from core.presentation import numbers
from market.triggers.partitions import Direction
from market.triggers.watch import Firing, Watch


def firing_title(alert: Alert) -> str:
    """One line: what is true now, behind the user's name for the alert."""
    name = f"{alert.terms.name}: " if alert.terms.name else ""
    return f"{name}{firing_subject(alert)}"


def firing_subject(alert: Alert) -> str:
    """The same without the name: `Bitcoin price above 84,000.00`."""
    return f"{alert.asset_name} {alert.terms.condition.text}"


def firing_body(alert: Alert, firing: Firing) -> str:
    """Sentences: asset, price and threshold, and the user's note."""
    sentence = _firing_text(alert, firing)
    return f"{sentence}\n\n{alert.terms.note}" if alert.terms.note else sentence


def firing_mail(alert: Alert, firing: Firing) -> str:
    """The same for a mail, with the user's name for the alert; both are marked as the user's."""
    return mail_body(_firing_text(alert, firing), _name_marked(alert), own_words("Your note", alert.terms.note))


def test_body(alert: Alert) -> str:
    """Sentences: which alert, and that nothing has happened."""
    return f"This is a test of your alert on {alert.asset_name}. Nothing has happened to its price."


def test_mail(alert: Alert) -> str:
    """The same for a mail, with the user's name for the alert, marked as the user's."""
    return mail_body(test_body(alert), _name_marked(alert))


def _firing_text(alert: Alert, firing: Firing) -> str:
    return f"{alert.asset_name} ({alert.ticker}): {alert.terms.condition.text_of_firing(firing.price)}"


def _name_marked(alert: Alert) -> str:
    return own_words("Your name for the alert", alert.terms.name)


def rearm_text(watch: Watch) -> str:
    """Which price arms a waiting alert again: `at or below 83,500.00`."""
    side, beyond = ("below", "at or below") if watch.direction is Direction.UP else ("above", "at or above")
    by_a_quantum = abs(watch.threshold - watch.rearm_level) == money.QUANTUM and not watch.operator.is_strict
    words, level = (side, watch.threshold) if by_a_quantum else (beyond, watch.rearm_level)
    return f"{words} {numbers.exact(level)}"


def link(alert: Alert) -> str:
    """The path of the alert's page."""
    return reverse("alerts:detail", args=[alert.alert_id])
