"""Rows of the AlertConfigurations table."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from alerts.domain.alert import Alert
from alerts.domain.conditions import CONDITIONS
from alerts.domain.history import Outcome
from alerts.domain.terms import Frequency, Terms
from alerts.tables import ALERT_CONFIGURATIONS
from core import clock
from core.storage.operations import Attr, Change, Delete, Get, Item, KeyCondition, Put, Query, Update
from market.triggers.crossing import Phase

COUNT = "#COUNT"
FIRST_ID = "0"
"""Not after any id, and after the row that counts."""
SECOND = timedelta(seconds=1)
READ_AT_ONCE = 200


def alert_address(username: str, alert_id: str) -> Get:
    """Where one alert of this user is."""
    return Get(ALERT_CONFIGURATIONS, {"username": username, "alert_id": alert_id})


def alerts_query(username: str) -> Query:
    """A user's alerts, newest first."""
    where = KeyCondition("username").eq(username) & KeyCondition("alert_id").gte(FIRST_ID)
    return Query(ALERT_CONFIGURATIONS, where, descending=True, consistent=True)


def asset_query(asset_id: str) -> Query:
    """Everyone's alerts on an asset, by username. May lag."""
    return Query(ALERT_CONFIGURATIONS, KeyCondition("symbol").eq(asset_id), index="SymbolIndex")


def armed_query(arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Query:
    """Alerts of one partition of the armed index with a level from `low` to `high`, 200 a page. May lag."""
    where = KeyCondition("arm").eq(arm) & KeyCondition("threshold").between(low, high)
    return Query(ALERT_CONFIGURATIONS, where, index="ArmedIndex", descending=descending, limit=READ_AT_ONCE)


def alert_insert(alert: Alert) -> Put:
    """Write a new alert; fails (label `alert`) where its id is taken."""
    return Put(ALERT_CONFIGURATIONS, alert_item(alert), Attr("alert_id").not_exists(), "alert")


def alert_put(alert: Alert) -> Put:
    """Write an alert over the version that it was decided on; fails (label `alert`) where that has changed.

    Every write makes a new version, so the same version is the same arm, the same level and the same arm_seq.
    """
    return Put(ALERT_CONFIGURATIONS, alert_item(alert), Attr("version").eq(alert.version), "alert")


def alert_delete(alert: Alert) -> Delete:
    """Delete an alert as it was read; fails (label `alert`) where it has changed."""
    key = {"username": alert.username, "alert_id": alert.alert_id}
    return Delete(ALERT_CONFIGURATIONS, key, Attr("version").eq(alert.version), "alert")


def count_more(username: str, most: int) -> Change:
    """Count one more alert of a user; fails (label `quota`) at the most."""
    free = Attr("count").not_exists() | Attr("count").lt(most)
    return Change(ALERT_CONFIGURATIONS, _count_key(username), Update(add={"count": 1}), free, "quota")


def count_less(username: str) -> Change:
    """Count one alert of a user less."""
    return Change(ALERT_CONFIGURATIONS, _count_key(username), Update(add={"count": -1}), label="quota")


def alert_from_item(item: Item) -> Alert:
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
        condition=CONDITIONS[item["condition_type"]].of(item["condition"]),
        frequency=Frequency(item["frequency"]),
        cooldown=int(item["cooldown"]) * SECOND,
        hysteresis=item["hysteresis"],
        expires_at=expires_at and clock.from_text(expires_at),
        channels=tuple(item["channels"]),
        name=item.get("name", ""),
        note=item.get("note", ""),
        fire_if_true=item["fire_if_true"],
    )


def alert_item(alert: Alert) -> Item:
    """The row that the next write of an alert leaves."""
    terms = alert.terms
    item: Item = {
        "username": alert.username,
        "alert_id": alert.alert_id,
        "symbol": alert.asset_id,
        "ticker": alert.ticker,
        "asset_name": alert.asset_name,
        "condition_type": terms.condition.kind,
        "condition": terms.condition.values,
        "frequency": terms.frequency.value,
        "cooldown": terms.cooldown // SECOND,
        "hysteresis": terms.hysteresis,
        "channels": list(terms.channels),
        "fire_if_true": terms.fire_if_true,
        "enabled": alert.is_enabled,
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
    """The alert as it is read back after the write that `alert_insert` or `alert_put` describes."""
    return replace(alert, version=alert.version + 1)


def _count_key(username: str) -> dict[str, str]:
    return {"username": username, "alert_id": COUNT}
