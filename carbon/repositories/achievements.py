"""What a user achieved, as items of the CarbonAchievements table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from carbon.tables import CARBON_ACHIEVEMENTS
from core import clock
from core.storage.operations import Attr, Item, KeyCondition, Put, Query

STANDING = "STANDING"


@dataclass(frozen=True, slots=True)
class Kept:
    """One achievement as it is stored. withdrawn_at: since when it is no longer reached; None while it is."""

    achievement_id: str
    points: int
    reached_on: date
    notified_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """All that is stored of a user's achievements. notified: by goal, the last period in which going over it did.

    judged_on: the user's day as of which it is true, None before the first judgement and where an early release made
    it. version: that of the row `STANDING`, 0 before the first judgement.
    """

    kept: Mapping[str, Kept] = field(default_factory=dict)
    notified: Mapping[str, str] = field(default_factory=dict)
    judged_on: date | None = None
    version: int = 0

    @property
    def reached(self) -> dict[str, date]:
        """The achievements that are reached, by id, with their days."""
        return {name: each.reached_on for name, each in self.kept.items() if each.withdrawn_at is None}


def achievements_query(username: str) -> Query:
    """Everything that is stored of a user's achievements."""
    return Query(CARBON_ACHIEVEMENTS, KeyCondition("username").eq(username), consistent=True)


def record_from_items(items: Iterable[Item]) -> Record:
    """What the rows of `achievements_query` say."""
    kept: dict[str, Kept] = {}
    record = Record()
    for item in items:
        if item["achievement_id"] == STANDING:
            # rows of releases before this day was noted lack it until the next judgement
            judged_on = date.fromisoformat(item["judged_on"]) if "judged_on" in item else None
            record = Record({}, dict(item.get("told", {})), judged_on, int(item["version"]))
        else:
            kept[item["achievement_id"]] = Kept(
                achievement_id=item["achievement_id"],
                points=int(item["points"]),
                reached_on=date.fromisoformat(item["reached_on"]),
                notified_at=clock.from_text(item["told_at"]),
                withdrawn_at=clock.from_text(item["withdrawn_at"]) if "withdrawn_at" in item else None,
            )
    return replace(record, kept=kept)


def is_judged(item: Item) -> bool:
    """Whether a row says as of which day the user's achievements are true."""
    return item["achievement_id"] == STANDING and "judged_on" in item


def achievement_put(username: str, kept: Kept, at: datetime) -> Put:
    """Write an achievement; only beside `judgement_put`, which orders the writers."""
    item: Item = {
        "username": username,
        "achievement_id": kept.achievement_id,
        "points": kept.points,
        "reached_on": kept.reached_on.isoformat(),
        "told_at": clock.to_text(kept.notified_at),
        "updated_at": clock.to_text(at),
    }
    if kept.withdrawn_at is not None:
        item["withdrawn_at"] = clock.to_text(kept.withdrawn_at)
    return Put(CARBON_ACHIEVEMENTS, item, label="achievement")


def judgement_put(username: str, record: Record, notified: Mapping[str, str], judged_on: date, at: datetime) -> Put:
    """Write that a user was judged again, if no other worker did so since the record was read."""
    item: Item = {
        "username": username,
        "achievement_id": STANDING,
        "judged_on": judged_on.isoformat(),
        "version": record.version + 1,
        "updated_at": clock.to_text(at),
    }
    if notified:
        item["told"] = dict(notified)
    unchanged = Attr("version").eq(record.version) if record.version else Attr("version").not_exists()
    return Put(CARBON_ACHIEVEMENTS, item, condition=unchanged, label="judgement")
