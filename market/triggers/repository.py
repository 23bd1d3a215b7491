"""Rows of the TriggerSeries table: one for each asset."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from core import clock
from core.storage.operations import Attr, Change, Check, ConditionBase, Get, Item, Update, Write
from market.triggers.moves import Bar, BarMove, LastSeen, PriceMove
from market.triggers.partitions import Partition
from market.triggers.series import SeenMove, SeriesRow
from market.triggers.tables import TRIGGER_SERIES

LEASE = timedelta(seconds=5)
"""How long an evaluator may take before another may start. Two at once do no harm, only work."""
LEASE_NAMES = ("lease_owner", "lease_until")
Levels = tuple[Partition | None, Partition | None]
"""Where a level was armed and where it is armed now; None for nowhere."""


def series_address(asset_id: str) -> Get:
    """Where the row of an asset is."""
    return Get(TRIGGER_SERIES, {"series_id": asset_id})


def lease_change(asset_id: str, owner: str, now: datetime) -> Change:
    """Take the lease, label `lease`, if it is free or its time is over."""
    wall = clock.to_milliseconds(now)
    free = Attr("lease_until").not_exists() | Attr("lease_until").lte(wall)
    update = Update(set={"lease_owner": owner, "lease_until": wall + LEASE // timedelta(milliseconds=1)})
    return _change(asset_id, update, free, "lease")


def nudge_change(asset_id: str) -> Change:
    """Leave a mark for the evaluator that has the lease: look once more."""
    return _change(asset_id, Update(add={"nudges": 1}))


def look_change(before: SeriesRow, after: SeriesRow) -> Change:
    """Write what a look made of the row and give the lease back, label `series`, if no other look wrote meanwhile."""
    seen = after.last_seen
    values = {
        "seq": seen.seq,
        "previous_close": seen.close,
        "last_at": seen.at,
        "source": seen.source or None,
        "running_bar": None if seen.running is None else _bar_item(seen.running),
        "closed_bar": None if seen.closed is None else _bar_item(seen.closed),
        "moves": [_seen_item(each) for each in after.moves] or None,
        "bars_seen": after.bars_seen,
        "bars_looked_at": after.bars_looked_at,
    }
    gone = tuple(name for name, value in values.items() if value is None)
    kept = {name: value for name, value in values.items() if value is not None}
    return _change(before.asset_id, Update(set=kept, remove=(*gone, *LEASE_NAMES)), _unmoved(before), "series")


def arming_write(row: SeriesRow, subscriber: str, before: Partition | None, after: Partition | None) -> Write:
    """The write that belongs into the transaction that arms a level after a comparison with this row.

    It counts, and fails (label `series`) when the series has moved since the row was read. A row that has no close yet
    gets the one that was compared with.
    """
    counts = _count_changes(subscriber, [(before, after)])
    if row.is_new:
        seen = row.last_seen
        first = {"seq": seen.seq, "previous_close": seen.close, "last_at": seen.at, "source": seen.source}
        update = Update(set={name: value for name, value in first.items() if value not in (None, "")}, add=counts)
        return _change(row.asset_id, update, _unmoved(row), "series")
    if not counts:
        return Check(TRIGGER_SERIES, series_address(row.asset_id).key, _unmoved(row), "series")
    return _change(row.asset_id, Update(add=counts), _unmoved(row), "series")


def counts_changes(asset_id: str, subscriber: str, *levels: Levels) -> list[Write]:
    """The write that keeps the counts right when levels go from one partition to another; none if nothing changes.

    It belongs into the transaction that moves them: the counts are those of the rows at every moment.
    """
    counts = _count_changes(subscriber, levels)
    return [_change(asset_id, Update(add=counts), label="counts")] if counts else []


def series_from_item(asset_id: str, item: Item | None) -> SeriesRow:
    """What the row of an asset holds; nothing seen where there is none yet, or it was only leased."""
    if item is None:
        return SeriesRow(asset_id, is_new=True)
    running, closed = item.get("running_bar"), item.get("closed_bar")
    return SeriesRow(
        asset_id=asset_id,
        last_seen=LastSeen(
            seq=int(item.get("seq", 0)),
            close=item.get("previous_close"),
            at=int(item.get("last_at", 0)),
            source=item.get("source", ""),
            running=None if running is None else _bar(running),
            closed=None if closed is None else _bar(closed),
        ),
        moves=tuple(_seen_move(fields) for fields in item.get("moves", ())),
        counts={name: int(value) for name, value in item.items() if name.startswith("armed_")},
        bars_seen=int(item.get("bars_seen", 0)),
        bars_looked_at=int(item.get("bars_looked_at", 0)),
        nudges=nudges_in(item),
        is_new="seq" not in item,
    )


def nudges_in(item: Item) -> int:
    """How many nudges have found the lease taken."""
    return int(item.get("nudges", 0))


def _change(asset_id: str, update: Update, condition: ConditionBase | None = None, label: str = "") -> Change:
    return Change(TRIGGER_SERIES, series_address(asset_id).key, update, condition, label)


def _count_changes(subscriber: str, levels: Iterable[Levels]) -> dict[str, int]:
    changes: Counter[str] = Counter()
    for before, after in levels:
        if before is not None:
            changes[before.count_name(subscriber)] -= 1
        if after is not None:
            changes[after.count_name(subscriber)] += 1
    return {name: change for name, change in changes.items() if change}


def _unmoved(row: SeriesRow) -> ConditionBase:
    return Attr("seq").not_exists() if row.is_new else Attr("seq").eq(row.last_seen.seq)


def _bar_item(bar: Bar) -> Item:
    return {"opened_at": bar.opened_at, "open": bar.open, "high": bar.high, "low": bar.low, "close": bar.close}


def _bar(fields: Mapping[str, Decimal]) -> Bar:
    return Bar(int(fields["opened_at"]), fields["open"], fields["high"], fields["low"], fields["close"])


def _seen_item(seen: SeenMove) -> Item:
    move = seen.move
    item: Item = {"seen_at": seen.seen_at, "seq": move.seq, "at": move.at, "source": move.source}
    if isinstance(move, BarMove):
        return item | {"previous_bar": _bar_item(move.previous), "bar": _bar_item(move.bar)}
    return item | {"previous": move.previous, "high": move.high, "low": move.low, "close": move.close}


def _seen_move(item: Item) -> SeenMove:
    seq, at, source = int(item["seq"]), int(item["at"]), item["source"]
    if "bar" in item:
        return SeenMove(BarMove(seq, at, _bar(item["previous_bar"]), _bar(item["bar"]), source), int(item["seen_at"]))
    move = PriceMove(seq, at, item["previous"], item["high"], item["low"], item["close"], source)
    return SeenMove(move, int(item["seen_at"]))
