"""Rows of the AlertHistory table."""

from alerts.domain.conditions import CONDITIONS, USUAL
from alerts.domain.facts import FactEntry
from alerts.domain.history import HistoryEntry, Outcome
from alerts.domain.kinds import HistoryKind, NotificationKind
from alerts.tables import ALERT_HISTORY
from core import clock, ids
from core.storage.operations import Attr, ConditionBase, Item, KeyCondition, Put, Query

FIRED = "fired"
SUPPRESSED = "suppressed"

Entry = HistoryEntry | FactEntry


def history_put(entry: HistoryEntry) -> Put:
    """Write an entry. Written again it is the same row."""
    item: Item = {
        "username": entry.username,
        "triggered_at": ids.time_key(entry.at, entry.entry_id),
        "kind": HistoryKind.PRICE.value,
        "alert_id": entry.alert_id,
        "user_alert": _user_alert(entry.username, entry.alert_id),
        "outcome": FIRED if entry.notifies else SUPPRESSED,
        "symbol": entry.asset_id,
        "current_price": entry.price,
        **entry.condition.values,
        "source": entry.source,
        "channels": list(entry.channels),
        "recorded_at": clock.to_text(entry.recorded_at),
    }
    if entry.notifies:
        item |= {
            "number": entry.number,
            "notification_id": entry.notification_id,
            "message_id": entry.reference,
        }
    else:
        item["reason"] = entry.outcome.value
    if entry.condition.kind != USUAL:
        item["condition_type"] = entry.condition.kind
    return Put(ALERT_HISTORY, item, label="history")


def fact_put(entry: FactEntry) -> Put:
    """Write the entry of a fact. Written again it is the same row."""
    item: Item = {
        "username": entry.username,
        "triggered_at": ids.time_key(entry.at, entry.entry_id),
        "kind": entry.kind.value,
        "told_as": entry.notification_kind.value,
        "outcome": FIRED,
        "subject": entry.subject,
        "title": entry.title,
        "link": entry.link,
        "channels": list(entry.channels),
        "recorded_at": clock.to_text(entry.recorded_at),
        "notification_id": entry.notification_id,
        "message_id": entry.reference,
    }
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


def _fact_from_item(item: Item) -> FactEntry:
    at, _, entry_id = item["triggered_at"].partition("#")
    notification_kind = NotificationKind(item.get("told_as", NotificationKind.OTHER))
    return FactEntry(
        username=item["username"],
        entry_id=entry_id,
        kind=HistoryKind.OTHER if notification_kind is NotificationKind.OTHER else _kind_of(item),
        notification_kind=notification_kind,
        subject=item.get("subject", ""),
        title=item.get("title", ""),
        link=item.get("link", ""),
        at=clock.from_text(at),
        channels=tuple(item.get("channels", ())),
        recorded_at=clock.from_text(item.get("recorded_at", at)),
        notification_id=item.get("notification_id", ""),
        reference=item.get("message_id", ""),
    )


def history_from_item(item: Item) -> HistoryEntry:
    """The entry that a row of a price alert holds."""
    at, _, entry_id = item["triggered_at"].partition("#")
    notifies = item["outcome"] == FIRED
    return HistoryEntry(
        username=item["username"],
        alert_id=item["alert_id"],
        entry_id=entry_id,
        asset_id=item["symbol"],
        at=clock.from_text(at),
        outcome=Outcome.FIRED if notifies else Outcome(item["reason"]),
        price=item["current_price"],
        condition=CONDITIONS[item.get("condition_type", USUAL)].of(item),
        source=item["source"],
        channels=tuple(item["channels"]),
        recorded_at=clock.from_text(item["recorded_at"]),
        number=int(item.get("number", 0)),
        notification_id=item.get("notification_id", ""),
        reference=item.get("message_id", ""),
    )


def _of_kind(kind: HistoryKind) -> ConditionBase:
    said = Attr("kind").eq(kind.value)
    return said | Attr("kind").not_exists() if kind is HistoryKind.PRICE else said


def _user_alert(username: str, alert_id: str) -> str:
    return f"{username}#{alert_id}"
