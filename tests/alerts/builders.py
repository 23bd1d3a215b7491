"""Alerts for tests, made through the product's own services."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from alerts import selectors
from alerts.domain.alert import Alert
from alerts.domain.conditions import PriceCondition, PriceType
from alerts.domain.facts import Fact
from alerts.domain.history import HistoryEntry
from alerts.domain.kinds import NotificationKind
from alerts.domain.notification import Words
from alerts.domain.terms import AlertDraft, Frequency, Terms
from alerts.repositories import history
from alerts.services import alert_create, fact_notify
from core import clock
from core.accounts.domain import User
from core.events import Event
from core.ids import new_id
from core.storage import store
from market.services import ticks_record
from market.triggers.crossing import Operator
from market.triggers.engine import catch_up
from tests.market.builders import a_tick, an_asset

BOTH = ("in_app", "email")


def terms(
    operator: str = ">",
    threshold: str = "110",
    price_type: str = "close",
    *,
    cooldown: int = 300,
    hysteresis: str = "0",
    every: bool = False,
    **more: Any,
) -> Terms:
    """Terms of an alert; `cooldown` in seconds."""
    return Terms(
        PriceCondition(Operator(operator), Decimal(threshold), PriceType(price_type)),
        frequency=Frequency.EVERY if every else Frequency.ONCE,
        cooldown=timedelta(seconds=cooldown),
        hysteresis=Decimal(hysteresis),
        **{"channels": BOTH, **more},
    )


def an_alert(user: User, operator: str = ">", threshold: str = "110", price_type: str = "close", **more: Any) -> Alert:
    """An alert on bitcoin, which gets a price of 100 if it has none."""
    asset_id = more.pop("asset_id", "bitcoin")
    if an_asset(asset_id).price is None:
        an_asset(asset_id, price="100")
    return alert_create(
        user,
        alert_id=more.pop("alert_id", None) or new_id(),
        draft=AlertDraft(asset_id, terms(operator, threshold, price_type, **more)),
    )


def prices_move(*prices: str, asset_id: str = "bitcoin", apart: timedelta = timedelta(seconds=1)) -> int:
    """One tick after the other, and a look at the end; how many firings notified."""
    at = an_asset(asset_id).price_at
    assert at is not None
    ticks_record([a_tick(price, at + number * apart, asset_id=asset_id) for number, price in enumerate(prices, 1)])
    return catch_up(asset_id).fired


def notified(
    user: User, title: str = "Food & Dining: 82 % of 400.00 spent in November", *, event: Event | None = None, **of: Any
) -> Event:
    """Notify of a fact, of a budget unless `kind` says otherwise, `seconds` from now; the event of it."""
    at = clock.now() + timedelta(seconds=of.get("seconds", 0))
    event = event or Event("budgets.threshold_crossed", user.username, occurred_at=at)
    fact = Fact(
        kind=of.get("kind", NotificationKind.BUDGET_ALERT),
        subject=of.get("subject", "Food & Dining"),
        words=Words(title, "328.00 of 400.00 USD spent on Food & Dining in November: 72.00 left.", "/alerts/"),
        channels=of.get("channels", BOTH),
    )
    fact_notify(event, fact)
    return event


def toasts(answer: Any) -> list[str]:
    """What the messages on a page are: `success` or `error` each."""
    return [each.level_tag for each in answer.context["messages"]]


def history_of(user: User) -> list[HistoryEntry]:
    """All firings of a user, oldest first."""
    return [
        history.history_from_item(item) for item in reversed(store().query(history.user_query(user.username)).items)
    ]


def now(alert: Alert) -> Alert:
    """The alert as it is now."""
    return selectors.alert_get(alert.username, alert.alert_id)
