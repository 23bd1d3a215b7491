"""Judging again what a user achieved, after an entry or a goal has changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from carbon.data.catalogue import catalogue
from carbon.domain.achievements import figures_of, reached_by
from carbon.domain.goal import GOAL_PERIODS, Goal
from carbon.domain.targets import progress_of
from carbon.domain.totals import PeriodTotals
from carbon.events import achievement_earned, goal_over
from carbon.repositories import achievements as rows
from carbon.repositories import goals, totals
from carbon.repositories.achievements import Kept, Record
from core import clock, outbox
from core.accounts.repositories.users import open_check
from core.accounts.selectors import find_user
from core.commit import commit
from core.errors import NotFound
from core.events import event_put
from core.periods import Period, day_of
from core.reading import every
from core.retry import optimistic
from core.storage import Write, journey

MOST_WRITES = 8
"""With the row that orders the writers and the look at the account, as many as the smallest server takes at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """Writes that belong together, and of which goals they notify in which period."""

    writes: list[Write]
    notified: Mapping[str, str] = field(default_factory=dict)


def achievements_refresh(username: str) -> None:
    """Have the stored achievements be what totals and goals say, and notify of goals passed in their present period.

    Each achievement notifies once for ever: one that was withdrawn and is reached again, as after an undo, does not.
    Going over a goal notifies once for each of its periods. Safe to repeat and to run twice at once: each
    judgement reads the version of the one before, then what it judges by, and is written if it is still the next; a
    late one starts over. Nothing happens where the account is closed.
    """
    with journey("carbon_achievements_refresh"):
        try:
            while optimistic(lambda: _judge(username)):
                pass
        except NotFound:
            return
    outbox.nudge(username)


def _judge(username: str) -> bool:
    """One transaction of what differs; True where some of it is left for another."""
    record = rows.record_from_items(every(rows.achievements_query(username)))
    user = find_user(username)
    if user is None:
        raise NotFound("An open account of this name")
    now = clock.now()
    today = day_of(user.zone, now)
    sums = totals.sums_of(every(totals.everything_query(username)))
    kept = [goals.goal_from_item(item) for item in every(goals.goals_query(username))]
    reached = reached_by(catalogue(), figures_of(sums, kept, today))
    wanted = [*_differences(username, record, reached, now), *_overs(username, record, kept, sums, today)]
    taken, writes = _fitting(wanted)
    notified = _present(record.notified, today)
    for step in taken:
        notified |= step.notified
    commit([*writes, rows.judgement_put(username, record, notified, today, now), open_check(username)])
    return len(taken) < len(wanted)


def _differences(username: str, record: Record, reached: Mapping[str, date], now: datetime) -> Iterator[Step]:
    """What makes the record say what is reached, achievement by achievement."""
    for achievement in catalogue():
        name = achievement.achievement_id
        stored, day = record.kept.get(name), reached.get(name)
        if stored is None and day is not None:
            kept = Kept(name, achievement.points, day, notified_at=now)
            event = achievement_earned(username, name, achievement.points, day)
            yield Step([rows.achievement_put(username, kept, now), event_put(event)])
        elif stored is not None:
            wanted = (
                replace(stored, withdrawn_at=stored.withdrawn_at or now)
                if day is None
                else replace(stored, withdrawn_at=None, reached_on=day, points=achievement.points)
            )
            if wanted != stored:
                yield Step([rows.achievement_put(username, wanted, now)])


def _overs(
    username: str, record: Record, kept: Iterable[Goal], sums: Iterable[PeriodTotals], today: date
) -> Iterator[Step]:
    """What notifies of goals that are passed in the period of today, and have not notified in it."""
    days = [each for each in sums if each.is_day]
    for goal in kept:
        progress = progress_of(goal, today, days)
        if progress.is_over and record.notified.get(goal.goal_id) != progress.period:
            event = goal_over(username, goal.goal_id, progress.period, progress.kg, goal.target_kg)
            yield Step([event_put(event)], {goal.goal_id: progress.period})


def _fitting(wanted: Iterable[Step]) -> tuple[list[Step], list[Write]]:
    """The first of these steps that fit into one transaction, and their writes."""
    taken: list[Step] = []
    writes: list[Write] = []
    for step in wanted:
        if len(writes) + len(step.writes) > MOST_WRITES:
            break
        taken.append(step)
        writes += step.writes
    return taken, writes


def _present(notified: Mapping[str, str], today: date) -> dict[str, str]:
    """By goal the period in which it notified, if that is not over; also of deleted goals, which may be restored."""
    periods = {Period.of(each, today).name for each in GOAL_PERIODS}
    return {goal_id: period for goal_id, period in notified.items() if period in periods}
