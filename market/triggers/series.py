"""Rows of the TriggerSeries table: one for each asset."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core import clock
from core.storage import Attr, Change, Check, ConditionBase, ConditionFailed, Get, Item, Key, Update, Write, store
from market.triggers.moves import Bar, BarMove, Move, PriceMove, LastSeen
from market.triggers.partitions import BAR_PARTITIONS, Partition
from market.triggers.tables import TRIGGER_SERIES

LEASE = timedelta(seconds=5)
"""How long an evaluator may take before another may start. Two at once do no harm, only work."""
INDEX_LAG = timedelta(seconds=5)
"""How long after its write a row may still be missing from an index."""
LEASE_NAMES = ("lease_owner", "lease_until")
NOTHING_SEEN = LastSeen()
MOST_READ_AT_ONCE = 100
Levels = tuple[Partition | None, Partition | None]
"""Where a level stood and where it stands now; None for nowhere."""


@dataclass(frozen=True, slots=True)
class SeenMove:
    """A recent move, and when it was written to the row (wall time, milliseconds since 1970)."""

    move: Move
    seen_at: int


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """Where the engine stands with one asset.

    `counts` holds the numbers of armed levels by attribute name, `nudges` how many nudges found the lease taken.
    """

    asset_id: str
    last_seen: LastSeen = NOTHING_SEEN
    moves: tuple[SeenMove, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    bars_seen: int = 0
    bars_looked_at: int = 0
    nudges: int = 0
    is_new: bool = False

    def is_armed(self, subscriber: str, partition: Partition) -> bool:
        """Whether any level of the subscriber waits in the partition."""
        return self.counts.get(partition.count_name(subscriber), 0) > 0

    def bars_are_due(self, subscribers: Sequence[str], now: datetime) -> bool:
        """Whether closed bars must be compared with armed levels before the next tick is taken in.

        They are compared when they close, and once more when index rows written until then can be seen.
        """
        if not any(self.is_armed(name, partition) for name in subscribers for partition in BAR_PARTITIONS):
            return False
        return any(
            seen.move.seq > self.bars_seen or self.bars_looked_at < _settled(seen) <= clock.to_milliseconds(now)
            for seen in self.moves
            if isinstance(seen.move, BarMove)
        )

    def moves_kept(self, now: datetime) -> tuple[SeenMove, ...]:
        """The moves that a look which started at this time must leave for the next: index rows may still be missing."""
        return tuple(seen for seen in self.moves if _settled(seen) > clock.to_milliseconds(now))


def get_operation(asset_id: str) -> Get:
    """The address of an asset's row, to be read together with others."""
    return Get(TRIGGER_SERIES, _key(asset_id))


def get_many(asset_ids: Sequence[str]) -> dict[str, SeriesRow]:
    """Rows by asset; one request for each 100 of them. A row that cannot be understood is left out."""
    rows: dict[str, SeriesRow] = {}
    for start in range(0, len(asset_ids), MOST_READ_AT_ONCE):
        some = asset_ids[start : start + MOST_READ_AT_ONCE]
        items = store().batch_get([get_operation(asset_id) for asset_id in some])
        for asset_id, item in zip(some, items, strict=True):
            with suppress(KeyError, TypeError, ValueError, ArithmeticError):
                rows[asset_id] = from_item(asset_id, item)
    return rows


def from_item(asset_id: str, item: Item | None) -> SeriesRow:
    """What the row of an asset holds; a row that is not there yet, or was only leased, stands before the first tick."""
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
        nudges=int(item.get("nudges", 0)),
        is_new="seq" not in item,
    )


def lease(asset_id: str, owner: str, now: datetime) -> SeriesRow | None:
    """Take the lease and return the row; one request.

    None while another evaluator has it; it then finds the mark that this leaves, and looks once more.
    """
    wall = clock.to_milliseconds(now)
    free = Attr("lease_until").not_exists() | Attr("lease_until").lte(wall)
    update = Update(set={"lease_owner": owner, "lease_until": wall + LEASE // timedelta(milliseconds=1)})
    try:
        item = store().update(TRIGGER_SERIES, _key(asset_id), update, condition=free, label="lease")
    except ConditionFailed:
        store().update(TRIGGER_SERIES, _key(asset_id), Update(add={"nudges": 1}))
        return None
    return from_item(asset_id, item)


def save(before: SeriesRow, after: SeriesRow) -> bool | None:
    """Write what a look made of the row and give the lease back; one request.

    Whether nudges came meanwhile; None when another evaluator was faster and nothing was written.
    """
    last_seen = after.last_seen
    values = {
        "seq": last_seen.seq,
        "previous_close": last_seen.close,
        "last_at": last_seen.at,
        "source": last_seen.source or None,
        "running_bar": None if last_seen.running is None else _bar_item(last_seen.running),
        "closed_bar": None if last_seen.closed is None else _bar_item(last_seen.closed),
        "moves": [_seen_item(seen) for seen in after.moves] or None,
        "bars_seen": after.bars_seen,
        "bars_looked_at": after.bars_looked_at,
    }
    gone = tuple(name for name, value in values.items() if value is None)
    update = Update(
        set={name: value for name, value in values.items() if value is not None}, remove=(*gone, *LEASE_NAMES)
    )
    try:
        item = store().update(TRIGGER_SERIES, _key(before.asset_id), update, condition=_unmoved(before), label="series")
    except ConditionFailed:
        return None
    return int(item.get("nudges", 0)) != before.nudges


def arming(row: SeriesRow, subscriber: str, before: Partition | None, after: Partition | None) -> Write:
    """The write that belongs into the transaction of arming a level where this row stands.

    It counts, and fails (label `series`) when the series has moved since the row was read. A row that has no close
    yet gets the one that the caller judged by.
    """
    counts = _count_changes(subscriber, [(before, after)])
    if row.is_new:
        first = {
            "seq": row.last_seen.seq,
            "previous_close": row.last_seen.close,
            "last_at": row.last_seen.at,
            "source": row.last_seen.source,
        }
        return Change(
            TRIGGER_SERIES,
            _key(row.asset_id),
            Update(set={name: value for name, value in first.items() if value not in (None, "")}, add=counts),
            _unmoved(row),
            "series",
        )
    if not counts:
        return Check(TRIGGER_SERIES, _key(row.asset_id), _unmoved(row), "series")
    return Change(TRIGGER_SERIES, _key(row.asset_id), Update(add=counts), _unmoved(row), "series")


def counting(asset_id: str, subscriber: str, *levels: Levels) -> list[Write]:
    """The write that keeps the counts right when levels go from one partition to another; none if nothing changes.

    It belongs into the transaction that moves them: the counts are those of the rows at every moment.
    """
    counts = _count_changes(subscriber, levels)
    return [Change(TRIGGER_SERIES, _key(asset_id), Update(add=counts), label="counts")] if counts else []


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


def _settled(seen: SeenMove) -> int:
    """When every index row that the move may concern can be seen."""
    return seen.seen_at + INDEX_LAG // timedelta(milliseconds=1)


def _key(asset_id: str) -> Key:
    return {"series_id": asset_id}


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
