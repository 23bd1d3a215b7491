"""Entries as items of the CarbonEntries table."""

from datetime import date, datetime

from carbon.domain.entry import Entry
from carbon.repositories.factors import factor_from_map, factor_map
from carbon.tables import CARBON_ENTRIES
from core import clock, ids
from core.storage.operations import Attr, ConditionBase, Delete, Get, Item, KeyCondition, Put, Query

BEFORE_ALL = "0"
AFTER_ALL = "~"
"""Texts that sort before and behind every time."""


def entry_address(username: str, entry_id: str) -> Get:
    """Where one entry of this user is."""
    return Get(CARBON_ENTRIES, {"username": username, "entry_id": entry_id})


def entry_put(entry: Entry, before: Entry | None = None) -> Put:
    """Write an entry, one version on, in place of the one read before, if that is unchanged; None: there is none."""
    unchanged = Attr("entry_id").not_exists() if before is None else _unchanged(before)
    return Put(CARBON_ENTRIES, {**entry_item(entry), "version": entry.version + 1}, condition=unchanged, label="entry")


def entry_delete(entry: Entry) -> Delete:
    """Delete an entry if it is as it was read."""
    key = {"username": entry.username, "entry_id": entry.entry_id}
    return Delete(CARBON_ENTRIES, key, _unchanged(entry), "entry")


def entry_item(entry: Entry) -> Item:
    """The row of an entry; empty fields are left out."""
    item: Item = {
        "username": entry.username,
        "entry_id": entry.entry_id,
        "timestamp": ids.time_key(entry.timestamp, entry.entry_id),
        "user_category": _user_category(entry.username, entry.category),
        "day": entry.day.isoformat(),
        "category": entry.category,
        "activity": entry.activity,
        "amount": entry.amount,
        "unit": entry.unit,
        "occupancy": entry.occupancy,
        "kg_co2e": entry.kg,
        "factor": factor_map(entry.factor),
        "is_estimate": entry.is_estimate,
        "version": entry.version,
        "created_at": clock.to_text(entry.created_at),
        "updated_at": clock.to_text(entry.updated_at),
    }
    if entry.kg_with_fuel_supply is not None:
        item["kg_co2e_with_fuel_supply"] = entry.kg_with_fuel_supply
    for name in ("description", "expense_id", "digest"):
        if value := getattr(entry, name):
            item[name] = value
    return item


def entry_from_item(item: Item) -> Entry:
    """The entry that a row holds."""
    return Entry(
        username=item["username"],
        entry_id=item["entry_id"],
        timestamp=clock.from_text(item["timestamp"].partition("#")[0]),
        day=date.fromisoformat(item["day"]),
        category=item["category"],
        activity=item["activity"],
        amount=item["amount"],
        unit=item["unit"],
        occupancy=int(item["occupancy"]),
        description=item.get("description", ""),
        kg=item["kg_co2e"],
        kg_with_fuel_supply=item.get("kg_co2e_with_fuel_supply"),
        factor=factor_from_map(item["factor"]),
        created_at=clock.from_text(item["created_at"]),
        updated_at=clock.from_text(item["updated_at"]),
        is_estimate=item["is_estimate"],
        expense_id=item.get("expense_id"),
        digest=item.get("digest", ""),
        version=int(item["version"]),
    )


def entries_query(
    username: str,
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    category: str = "",
    estimates: bool | None = None,
) -> Query:
    """Entries, newest first, from one moment to just before another; of one category through its index.

    estimates: these alone, or measured ones alone.
    """
    if category:
        owned, index = KeyCondition("user_category").eq(_user_category(username, category)), "CategoryIndex"
    else:
        owned, index = KeyCondition("username").eq(username), "TimeIndex"
    lowest = BEFORE_ALL if since is None else clock.to_text(since)
    highest = AFTER_ALL if before is None else clock.to_text(before)  # sorts before `<t>#<id>` of that very moment
    return Query(
        CARBON_ENTRIES,
        owned & KeyCondition("timestamp").between(lowest, highest),
        index=index,
        filter=None if estimates is None else Attr("is_estimate").eq(estimates),
        descending=True,
    )


def _unchanged(entry: Entry) -> ConditionBase:
    """The row that was read, and no other of its id: an estimate that went and came back counts from 1 again."""
    return Attr("version").eq(entry.version) & Attr("created_at").eq(clock.to_text(entry.created_at))


def _user_category(username: str, category: str) -> str:
    return f"{username}#{category}"
