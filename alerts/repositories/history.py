"""Rows of the AlertHistory table."""

from typing import Any

from alerts.domain.conditions import CONDITIONS, USUAL
from alerts.domain.facts import Entry, FactEntry
from alerts.domain.history import FIRED, SUPPRESSED, HistoryEntry, Outcome
from alerts.domain.kinds import HistoryKind, NotificationKind
from alerts.tables import ALERT_HISTORY
from core import clock, ids
from core.storage.operations import Attr, ConditionBase, Item, KeyCondition, Put, Query


def entry_put(entry: Entry) -> Put:
    """Write an entry. Written again it is the same row."""
    item: Item = {
        "username": entry.username,
        "triggered_at": ids.time_key(entry.at, entry.entry_id),
        "kind": entry.kind.value,
        "outcome": FIRED if entry.notifies else SUPPRESSED,
        "channels": list(entry.channels),
        "recorded_at": clock.to_text(entry.recorded_at),
    }
    if entry.notifies:
        item |= {"notification_id": entry.notification_id, "message_id": entry.reference}
    item |= _of_firing(entry) if isinstance(entry, HistoryEntry) else _of_fact(entry)
    return Put(ALERT_HISTORY, item, label="history")


def user_query(username: str, *, kind: HistoryKind | None = None) -> Query:
    """All history of a user, or that of one kind, newest first."""
    return Query(
        ALERT_HISTORY,
        KeyCondition("username").eq(username),
        filter=_of_kind(kind) if kind else None,
        descending=True,
        consistent=True,
    )


def alert_query(username: str, alert_id: str, *, outcome: str = "") -> Query:
    """The history of one alert, newest first; `outcome` keeps `fired` or `suppressed` alone. May lag."""
    return Query(
        ALERT_HISTORY,
        KeyCondition("user_alert").eq(_user_alert(username, alert_id)),
        index="AlertIndex",
        filter=Attr("outcome").eq(outcome) if outcome else None,
        descending=True,
    )


def entry_from_item(item: Item) -> Entry:
    """The entry that a row of any kind holds; of a kind that only a later release knows, what can be read of it."""
    is_of_price = _kind_of(item) is HistoryKind.PRICE and item.get("condition_type", USUAL) in CONDITIONS
    return history_from_item(item) if is_of_price else _fact_from_item(item)


def _kind_of(item: Item) -> HistoryKind:
    """The oldest rows have no kind, and are of prices."""
    return HistoryKind(item.get("kind", HistoryKind.PRICE.value))


def history_from_item(item: Item) -> HistoryEntry:
    """The entry that a row of a price alert holds."""
    return HistoryEntry(
        **_common(item),
        alert_id=item["alert_id"],
        asset_id=item["symbol"],
        outcome=Outcome.FIRED if item["outcome"] == FIRED else Outcome(item["reason"]),
        price=item["current_price"],
        condition=CONDITIONS[item.get("condition_type", USUAL)].of(item),
        source=item["source"],
        number=int(item.get("number", 0)),
    )


def _fact_from_item(item: Item) -> FactEntry:
    notification_kind = NotificationKind(item.get("told_as", NotificationKind.OTHER))
    return FactEntry(
        **_common(item),
        kind=HistoryKind.OTHER if notification_kind is NotificationKind.OTHER else _kind_of(item),
        notification_kind=notification_kind,
        subject=item.get("subject", ""),
        title=item.get("title", ""),
        link=item.get("link", ""),
    )


def _common(item: Item) -> dict[str, Any]:
    """What entries of all kinds have."""
    at, _, entry_id = item["triggered_at"].partition("#")
    return {
        "username": item["username"],
        "entry_id": entry_id,
        "at": clock.from_text(at),
        "channels": tuple(item.get("channels", ())),
        "recorded_at": clock.from_text(item.get("recorded_at", at)),
        "notification_id": item.get("notification_id", ""),
        "reference": item.get("message_id", ""),
    }


def _of_firing(entry: HistoryEntry) -> Item:
    item = {
        "alert_id": entry.alert_id,
        "user_alert": _user_alert(entry.username, entry.alert_id),
        "symbol": entry.asset_id,
        "current_price": entry.price,
        **entry.condition.values,
        "source": entry.source,
    }
    if entry.condition.kind != USUAL:
        item["condition_type"] = entry.condition.kind
    return item | ({"number": entry.number} if entry.notifies else {"reason": entry.outcome.value})


def _of_fact(entry: FactEntry) -> Item:
    return {
        "told_as": entry.notification_kind.value,
        "subject": entry.subject,
        "title": entry.title,
        "link": entry.link,
    }


def _of_kind(kind: HistoryKind) -> ConditionBase:
    said = Attr("kind").eq(kind.value)
    return said | Attr("kind").not_exists() if kind is HistoryKind.PRICE else said


def _user_alert(username: str, alert_id: str) -> str:
    return f"{username}#{alert_id}"
