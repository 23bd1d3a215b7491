"""Running the demonstration: killable at any point, as the product is, and repeatable."""

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from alerts.demo.plan import Plan
from alerts.domain.history import HistoryEntry
from alerts.domain.terms import AlertDraft, Terms
from alerts.presentation.messages import message_id_of
from alerts.routing import usual
from alerts.selectors import deliveries_all, history_all, notifications_all
from alerts.services import alert_create, deliver_due
from core.accounts.domain import User
from core.accounts.selectors import user_get
from core.accounts.services import user_sign_up
from core.errors import NotFound
from market.selectors import Tick, asset_get
from market.services import assets_add, ticks_record
from market.triggers.engine import catch_up

BARS_AT_ONCE = 20
WAIT = 0.1
"""Seconds before asking again for what a killed run still holds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What fired and notified, beside what should have; alerts by id."""

    expected: frozenset[str]
    fired: Sequence[str]
    notifications: int
    mails_sent: int
    message_ids: frozenset[str]

    @property
    def agrees(self) -> bool:
        """Whether every alert that should have fired did, once, with one notification and one mail under its own id."""
        count = len(self.expected)
        return (
            sorted(self.fired) == sorted(self.expected)
            and self.notifications == self.mails_sent == len(self.message_ids) == count
        )


def run(plan: Plan) -> Iterator[HistoryEntry]:
    """Replay the prices through market, engine and mail; yields firings as they come.

    Prices and firings of an earlier run on the same store are found done.
    """
    assets_add([plan.asset], is_listed=False)
    user = _user(plan)
    seen = {entry.entry_id for entry in history_all(user.username)}
    _take_in(plan, plan.ticks[:1])
    for alert_id, condition in plan.conditions(user.created_at).items():
        draft = AlertDraft(plan.asset.asset_id, Terms(condition, channels=usual()))
        alert_create(user, alert_id=alert_id, draft=draft)
    ticks = iter(plan.ticks[1:])
    while some := list(islice(ticks, BARS_AT_ONCE)):
        if _take_in(plan, some):
            new = [entry for entry in history_all(user.username) if entry.entry_id not in seen]
            seen.update(entry.entry_id for entry in new)
            yield from new
        deliver_due()
    _finish(user)


def outcome(plan: Plan) -> Outcome:
    """What all runs of the plan on this store have come to."""
    user = user_get(plan.username)
    sent = [delivery for delivery in deliveries_all(user.username) if delivery.status == "sent"]
    return Outcome(
        expected=frozenset(plan.expected(user.created_at)),
        fired=[entry.alert_id for entry in history_all(user.username)],
        notifications=len(notifications_all(user.username)),
        mails_sent=len(sent),
        message_ids=frozenset(message_id_of(delivery.content) for delivery in sent),
    )


def _take_in(plan: Plan, ticks: Sequence[Tick]) -> int:
    """Record those ticks that are new and have the engine look; how many firings notified."""
    seen_at = asset_get(plan.asset.asset_id).memory.seen_at
    if new := [tick for tick in ticks if seen_at is None or tick.at > seen_at]:
        ticks_record(new)
    count = 0
    while True:
        done = catch_up(plan.asset.asset_id)
        count += done.fired
        if not done.is_busy:
            return count
        time.sleep(WAIT)


def _finish(user: User) -> None:
    """Send what is left, also what a killed run was sending when it died."""
    while any(not delivery.status.is_final for delivery in deliveries_all(user.username)):
        deliver_due()
        time.sleep(WAIT)


def _user(plan: Plan) -> User:
    try:
        return user_get(plan.username)
    except NotFound:
        address = f"{plan.username}@replay.invalid"
        return user_sign_up(plan.username, address, secrets.token_urlsafe(24), "Replay", "sample")
