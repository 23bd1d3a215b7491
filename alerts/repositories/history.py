"""Rows of the AlertHistory table."""

from __future__ import annotations

from alerts.domain.alert import Outcome
from alerts.domain.history import HistoryEntry
from alerts.repositories.alerts import condition_from_item, condition_item
from alerts.tables import ALERT_HISTORY
from core import clock, ids
from core.storage import Attr, Item, Key, KeyCondition, Put, Query

FIRED = "fired"
SUPPRESSED = "suppressed"


def put(entry: HistoryEntry) -> Put:
    """Write an entry. Written again it is the same row."""
    item: Item = {
        "username": entry.username,
        "triggered_at": ids.time_key(entry.at, entry.entry_id),
        "alert_id": entry.alert_id,
        "user_alert": _user_alert(entry.username, entry.alert_id),
        "outcome": FIRED if entry.was_told else SUPPRESSED,
        "symbol": entry.asset_id,
        "current_price": entry.price,
        **condition_item(entry.condition),
        "source": entry.source,
        "channels": list(entry.channels),
        "recorded_at": clock.to_text(entry.recorded_at),
    }
    if entry.was_told:
        item |= {
            "number": entry.number,
            "notification_id": entry.notification_id,
            "message_id": entry.reference,
        }
    else:
        item["reason"] = entry.outcome.value
    return Put(ALERT_HISTORY, item, label="history")


def of_user(username: str, *, limit: int | None = None, cursor: Key | None = None) -> Query:
    """All history of a user, newest first."""
    return Query(
        ALERT_HISTORY,
        KeyCondition("username").eq(username),
        limit=limit,
        descending=True,
        cursor=cursor,
        consistent=True,
    )


def of_alert(
    username: str, alert_id: str, *, outcome: str = "", limit: int | None = None, cursor: Key | None = None
) -> Query:
    """The history of one alert, newest first; `outcome` keeps `fired` or `suppressed` alone. May lag."""
    return Query(
        ALERT_HISTORY,
        KeyCondition("user_alert").eq(_user_alert(username, alert_id)),
        index="AlertIndex",
        filter=Attr("outcome").eq(outcome) if outcome else None,
        limit=limit,
        descending=True,
        cursor=cursor,
    )


def key_of(entry: HistoryEntry) -> Key:
    """The cursor in the history of its alert that goes on after this entry."""
    return {
        "user_alert": _user_alert(entry.username, entry.alert_id),
        "triggered_at": ids.time_key(entry.at, entry.entry_id),
        "username": entry.username,
    }


def from_item(item: Item) -> HistoryEntry:
    """The entry that a row holds."""
    at, _, entry_id = item["triggered_at"].partition("#")
    told = item["outcome"] == FIRED
    return HistoryEntry(
        username=item["username"],
        alert_id=item["alert_id"],
        entry_id=entry_id,
        asset_id=item["symbol"],
        at=clock.from_text(at),
        outcome=Outcome.FIRED if told else Outcome(item["reason"]),
        price=item["current_price"],
        condition=condition_from_item(item),
        source=item["source"],
        channels=tuple(item["channels"]),
        recorded_at=clock.from_text(item["recorded_at"]),
        number=int(item.get("number", 0)),
        notification_id=item.get("notification_id", ""),
        reference=item.get("message_id", ""),
    )


def _user_alert(username: str, alert_id: str) -> str:
    return f"{username}#{alert_id}"
