"""Rows of the AlertConfigurations table."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from alerts.domain.alert import Alert, Outcome
from alerts.domain.terms import ChannelKind, Frequency, PriceCondition, Terms
from alerts.tables import ALERT_CONFIGURATIONS
from core import clock, ids
from core.reading import every
from core.storage import Attr, Change, Delete, Get, Item, Key, KeyCondition, Page, Put, Query, Update, store
from market.triggers.watch import Operator, Phase, PriceType

COUNT = "#COUNT"
FIRST_ID = "0"
"""Not after any id, and after the row that counts."""
SECOND = timedelta(seconds=1)
READ_AT_ONCE = 200

logger = logging.getLogger(__name__)


def get_operation(username: str, alert_id: str) -> Get:
    """The address of an alert's row, to be read together with others."""
    return Get(ALERT_CONFIGURATIONS, {"username": username, "alert_id": alert_id})


def get(username: str, alert_id: str) -> Alert | None:
    """One alert of a user, read consistently; None, unasked, for what is no id."""
    try:
        ids.id_time(alert_id)
    except ValueError:
        return None
    item = store().get(ALERT_CONFIGURATIONS, {"username": username, "alert_id": alert_id}, consistent=True)
    return None if item is None else from_item(item)


def get_many(ids_of: Sequence[tuple[str, str]]) -> list[Alert | None]:
    """Alerts by username and alert id, up to 100, read consistently; one request. None for one that is gone."""
    items = store().batch_get([get_operation(*each) for each in ids_of], consistent=True)
    return [None if item is None else from_item(item) for item in items]


def all_of(username: str) -> list[Alert]:
    """A user's alerts, newest first; one request for each 1 MB."""
    where = KeyCondition("username").eq(username) & KeyCondition("alert_id").gte(FIRST_ID)
    return [from_item(item) for item in every(Query(ALERT_CONFIGURATIONS, where, descending=True, consistent=True))]


def newest(username: str, *, limit: int, cursor: Key | None) -> Page:
    """One page of a user's alerts, newest first."""
    where = KeyCondition("username").eq(username) & KeyCondition("alert_id").gte(FIRST_ID)
    return store().query(
        Query(ALERT_CONFIGURATIONS, where, limit=limit, descending=True, cursor=cursor, consistent=True)
    )


def of_symbol(asset_id: str, *, limit: int | None = None, cursor: Key | None = None) -> Page:
    """One page of everyone's alerts on an asset, by username; may lag."""
    where = KeyCondition("symbol").eq(asset_id)
    return store().query(Query(ALERT_CONFIGURATIONS, where, index="SymbolIndex", limit=limit, cursor=cursor))


def armed_between(arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Iterator[Alert]:
    """Alerts of one partition of the armed index with a level from `low` to `high`, one request for each 200; may lag.

    A row that is no alert is logged and left out.
    """
    where = KeyCondition("arm").eq(arm) & KeyCondition("threshold").between(low, high)
    query = Query(ALERT_CONFIGURATIONS, where, index="ArmedIndex", descending=descending, limit=READ_AT_ONCE)
    while True:
        page = store().query(query)
        yield from _understood(page.items)
        if page.cursor is None:
            return
        query = replace(query, cursor=page.cursor)


def _understood(items: Iterable[Item]) -> Iterator[Alert]:
    for item in items:
        try:
            alert = from_item(item)
        except Exception:
            # One row that nobody foresaw must not hold up the others on its asset.
            logger.exception("alert %s of %s cannot be understood", item["alert_id"], item["username"])
        else:
            yield alert


def insert(alert: Alert) -> Put:
    """Write a new alert; fails (label `alert`) where its id is taken."""
    return Put(ALERT_CONFIGURATIONS, to_item(alert), Attr("alert_id").not_exists(), "alert")


def replacement(alert: Alert) -> Put:
    """Write an alert over the version that it was decided on; fails (label `alert`) where that has changed.

    Every write makes a new version, so the same version is the same arm, the same level and the same arm_seq.
    """
    return Put(ALERT_CONFIGURATIONS, to_item(alert), Attr("version").eq(alert.version), "alert")


def removal(alert: Alert) -> Delete:
    """Take away an alert as it was read; fails (label `alert`) where it has changed."""
    key = {"username": alert.username, "alert_id": alert.alert_id}
    return Delete(ALERT_CONFIGURATIONS, key, Attr("version").eq(alert.version), "alert")


def count_more(username: str, most: int) -> Change:
    """Count one more alert of a user; fails (label `quota`) at the most."""
    free = Attr("count").not_exists() | Attr("count").lt(most)
    return Change(ALERT_CONFIGURATIONS, _count_key(username), Update(add={"count": 1}), free, "quota")


def count_less(username: str) -> Change:
    """Count one alert of a user less."""
    return Change(ALERT_CONFIGURATIONS, _count_key(username), Update(add={"count": -1}), label="quota")


def from_item(item: Item) -> Alert:
    """The alert that a row holds."""
    ended_by = item.get("ended_by")
    last_triggered = item.get("last_triggered")
    market_expires_at = item.get("market_expires_at")
    return Alert(
        username=item["username"],
        alert_id=item["alert_id"],
        asset_id=item["symbol"],
        ticker=item["ticker"],
        asset_name=item["asset_name"],
        terms=_terms(item),
        created_at=clock.from_text(item["created_at"]),
        updated_at=clock.from_text(item["updated_at"]),
        digest=item["digest"],
        market_expires_at=market_expires_at and clock.from_text(market_expires_at),
        is_paused=not item["enabled"],
        phase=Phase(item["phase"]),
        ended_by=ended_by and Outcome(ended_by),
        arm_seq=int(item["arm_seq"]),
        trigger_count=int(item["trigger_count"]),
        last_triggered=last_triggered and clock.from_text(last_triggered),
        version=int(item["version"]),
    )


def _terms(item: Item) -> Terms:
    expires_at = item.get("expires_at")
    return Terms(
        condition=condition_from_item(item["condition"]),
        frequency=Frequency(item["frequency"]),
        cooldown=int(item["cooldown"]) * SECOND,
        hysteresis=item["hysteresis"],
        expires_at=expires_at and clock.from_text(expires_at),
        channels=tuple(ChannelKind(kind) for kind in item["channels"]),
        name=item.get("name", ""),
        note=item.get("note", ""),
        fire_if_true=item["fire_if_true"],
    )


def condition_item(condition: PriceCondition) -> dict[str, Any]:
    """The condition as rows hold it."""
    return {
        "operator": condition.operator.value,
        "threshold": condition.threshold,
        "price_type": condition.price_type.value,
    }


def condition_from_item(item: Item) -> PriceCondition:
    """The condition that a row holds."""
    return PriceCondition(Operator(item["operator"]), item["threshold"], PriceType(item["price_type"]))


def to_item(alert: Alert) -> Item:
    """The row that the next write of an alert leaves."""
    terms = alert.terms
    item: Item = {
        "username": alert.username,
        "alert_id": alert.alert_id,
        "symbol": alert.asset_id,
        "ticker": alert.ticker,
        "asset_name": alert.asset_name,
        "condition_type": "price_threshold",
        "condition": condition_item(terms.condition),
        "frequency": terms.frequency.value,
        "cooldown": terms.cooldown // SECOND,
        "hysteresis": terms.hysteresis,
        "channels": [kind.value for kind in terms.channels],
        "fire_if_true": terms.fire_if_true,
        "enabled": not alert.is_paused,
        "phase": alert.phase.value,
        "arm_seq": alert.arm_seq,
        "trigger_count": alert.trigger_count,
        "digest": alert.digest,
        "version": alert.version + 1,
        "created_at": clock.to_text(alert.created_at),
        "updated_at": clock.to_text(alert.updated_at),
    }
    optional = {
        "expires_at": terms.expires_at and clock.to_text(terms.expires_at),
        "market_expires_at": alert.market_expires_at and clock.to_text(alert.market_expires_at),
        "name": terms.name,
        "note": terms.note,
        "last_triggered": alert.last_triggered and clock.to_text(alert.last_triggered),
        "ended_by": alert.ended_by and alert.ended_by.value,
    }
    item |= {name: value for name, value in optional.items() if value}
    if alert.watch is not None and alert.partition is not None:
        item |= {"arm": alert.partition.arm(alert.asset_id), "threshold": alert.watch.armed_level}
    return item


def stored(alert: Alert) -> Alert:
    """The alert as it is read back after the write that `insert` or `replacement` describes."""
    return replace(alert, version=alert.version + 1)


def _count_key(username: str) -> dict[str, str]:
    return {"username": username, "alert_id": COUNT}
