"""Alerts on prices in words."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from alerts.domain.alert import Alert
from alerts.domain.terms import PriceCondition
from alerts.wording.own import mail_body, own_words
from core import money
from core.currencies import BASE
from core.presentation import numbers
from market.triggers.partitions import Direction
from market.triggers.watch import Firing, Operator, PriceType, Watch

OPERATORS = {
    Operator.ABOVE: "above",
    Operator.AT_OR_ABOVE: "at or above",
    Operator.BELOW: "below",
    Operator.AT_OR_BELOW: "at or below",
}
PRICE_TYPES = {
    PriceType.CLOSE: "price",
    PriceType.HIGH: "high",
    PriceType.LOW: "low",
    PriceType.OPEN: "open of the minute",
}
BAR_PRICE_TYPES = {
    PriceType.OPEN: "open of the minute",
    PriceType.HIGH: "high of the minute",
    PriceType.LOW: "low of the minute",
}


def condition_text(condition: PriceCondition) -> str:
    """`price above 84,000.00`."""
    watch = Watch("", condition.price_type, condition.operator, condition.threshold)
    names = BAR_PRICE_TYPES if watch.by_bars else PRICE_TYPES
    return f"{names[condition.price_type]} {OPERATORS[condition.operator]} {exact(condition.threshold)}"


def firing_title(alert: Alert) -> str:
    """One line: what is true now, behind the user's name for the alert."""
    name = f"{alert.terms.name}: " if alert.terms.name else ""
    return f"{name}{firing_subject(alert)}"


def firing_subject(alert: Alert) -> str:
    """The same without the name: `Bitcoin price above 84,000.00`."""
    return f"{alert.asset_name} {condition_text(alert.terms.condition)}"


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
    watch = alert.judged
    names = BAR_PRICE_TYPES if watch.by_bars else PRICE_TYPES
    price = numbers.with_code(numbers.price(firing.price), BASE.code)
    threshold = numbers.with_code(exact(alert.terms.condition.threshold), BASE.code)
    return (
        f"{alert.asset_name} ({alert.ticker}): the {names[watch.price_type]} was {price}; "
        f"your threshold is {OPERATORS[watch.operator]} {threshold}."
    )


def _name_marked(alert: Alert) -> str:
    return own_words("Your name for the alert", alert.terms.name)


def rearm_text(watch: Watch) -> str:
    """Which price arms a waiting alert again: `at or below 83,500.00`."""
    side, beyond = ("below", "at or below") if watch.direction is Direction.UP else ("above", "at or above")
    by_a_quantum = abs(watch.threshold - watch.rearm_level) == money.QUANTUM and not watch.operator.is_strict
    return f"{side} {exact(watch.threshold)}" if by_a_quantum else f"{beyond} {exact(watch.rearm_level)}"


def link(alert: Alert) -> str:
    """The path of the alert's page."""
    return reverse("alerts:detail", args=[alert.alert_id])


def exact(price: Decimal) -> str:
    """A price that a user set, with all its places: 0.12345678 must not be shown as 0.1235."""
    return numbers.grouped(price, money.CENT) if money.places(price) <= 2 else f"{price.normalize():,f}"
