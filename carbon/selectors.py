"""Reads of the carbon footprint, for its own pages and for other apps."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from carbon.data.catalogue import catalogue, levels
from carbon.data.factors import factors as own_factors
from carbon.data.factors import newest_factors
from carbon.domain.achievements import Achievement, figures_of, reached_by
from carbon.domain.activity import activity_named, could_be_an_activity, newest, unknown_activity
from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS, Entry, EntryDraft, EntryFilter
from carbon.domain.factor import Factor
from carbon.domain.goal import Goal, GoalDraft, GoalProgress
from carbon.domain.score import Score, score_of
from carbon.domain.targets import progress_of
from carbon.domain.totals import MonthSummary, PeriodTotals
from carbon.repositories import entries, factors, goals, totals
from core import clock
from core.accounts.domain import User
from core.clock import FIRST_DAY
from core.errors import NotFound
from core.periods import Month, Period, day_of, start_of
from core.reading import Rows, every, one, read_page, required
from core.storage import Key, Query, store
from core.trash import Deleted, Kind

__all__ = [
    "CATEGORIES",
    "CATEGORY_LABELS",
    "Achievement",
    "Entry",
    "EntryDraft",
    "EntryFilter",
    "Factor",
    "Goal",
    "GoalDraft",
    "GoalProgress",
    "MonthSummary",
    "PeriodTotals",
    "Rows",
    "Score",
    "achievement_named",
    "achievements_of",
    "entries_deleted",
    "entries_every",
    "entries_newest",
    "entry_find",
    "entry_get",
    "factors_listed",
    "factors_of",
    "goal_find",
    "goal_get",
    "goals_deleted",
    "goals_with_progress",
    "month_summary",
    "months_between",
    "totals_between",
]

DELETED_ENTRIES = Kind("carbon_entry", entries.entry_from_item)
DELETED_GOALS = Kind("carbon_goal", goals.goal_from_item)
"""Entries and goals that were deleted and can be restored."""
LONGEST_ID = 36
EVERYTHING = EntryFilter()


def could_be_an_id(identifier: str) -> bool:
    """Whether a row could have this id; the store takes no empty key and none beyond its limit."""
    return 0 < len(identifier) <= LONGEST_ID


def entry_find(username: str, entry_id: str) -> Entry | None:
    """One entry, None where there is none of this id; one request."""
    return one(entries.entry_address(username, entry_id), entries.entry_from_item) if could_be_an_id(entry_id) else None


def entry_get(username: str, entry_id: str) -> Entry:
    """The same. Raises NotFound where it is not there or not this user's."""
    if not could_be_an_id(entry_id):
        raise NotFound("This entry")
    return required(entries.entry_address(username, entry_id), entries.entry_from_item, "This entry")


def entries_newest(user: User, limit: int, cursor: Key | None = None, wanted: EntryFilter = EVERYTHING) -> Rows[Entry]:
    """Entries, newest first. By an index, which may be a moment behind.

    One request; of estimates or measured ones alone at most 5, and the page may be short and still have a cursor.
    """
    return read_page(_entries_query(user, wanted), entries.entry_from_item, limit=limit, cursor=cursor)


def entries_every(user: User, wanted: EntryFilter = EVERYTHING) -> Iterator[Entry]:
    """Every entry, newest first; one request for each 1 MB."""
    return (entries.entry_from_item(item) for item in every(_entries_query(user, wanted)))


def entries_deleted(username: str) -> list[Deleted[Entry]]:
    """What a user deleted within 30 days, the latest first; one request."""
    return DELETED_ENTRIES.newest(username)


def totals_between(username: str, first: date, last: date) -> tuple[PeriodTotals, ...]:
    """The totals of days with entries from the first to the last, oldest first; one request for each 1 MB."""
    found = totals.sums_of(every(totals.days_query(username, first, last)))
    return tuple(each for each in found if each.is_day)


def months_between(username: str, first: Month, last: Month) -> tuple[PeriodTotals, ...]:
    """The totals of months with entries from the first to the last, oldest first; requests as before."""
    found = totals.sums_of(every(totals.months_query(username, str(first), str(last))))
    return tuple(each for each in found if not each.is_day)


def month_summary(user: User, month: Month) -> MonthSummary:
    """A month by category and day, against the user's budget; one request."""
    found = totals.sums_of(store().query(totals.month_query(user.username, str(month))).items)
    whole = next((each for each in found if not each.is_day), PeriodTotals(str(month)))
    return MonthSummary(str(month), whole, tuple(each for each in found if each.is_day), user.carbon_budget_kg)


def goal_find(username: str, goal_id: str) -> Goal | None:
    """One goal, None where there is none of this id; one request."""
    return one(goals.goal_address(username, goal_id), goals.goal_from_item) if could_be_an_id(goal_id) else None


def goal_get(username: str, goal_id: str) -> Goal:
    """The same. Raises NotFound where it is not there or not this user's."""
    if not could_be_an_id(goal_id):
        raise NotFound("This goal")
    return required(goals.goal_address(username, goal_id), goals.goal_from_item, "This goal")


def goals_deleted(username: str) -> list[Deleted[Goal]]:
    """What a user deleted within 30 days, the latest first; one request."""
    return DELETED_GOALS.newest(username)


def goals_with_progress(user: User) -> tuple[GoalProgress, ...]:
    """A user's goals, newest first, each in the period of the user's today; 2 requests, 1 where there is none."""
    kept = [goals.goal_from_item(item) for item in every(goals.goals_query(user.username))]
    if not kept:
        return ()
    today = day_of(user.zone, clock.now())
    periods = [Period.of(goal.period, today) for goal in kept]
    first, last = min(each.first_day for each in periods), max(each.last_day for each in periods)
    days = totals_between(user.username, first, last)
    return tuple(progress_of(goal, today, days) for goal in kept)


def achievement_named(achievement_id: str) -> Achievement:
    """One of the catalogue; no request. Raises NotFound for one that is not in it, or no longer."""
    for achievement in catalogue():
        if achievement.achievement_id == achievement_id:
            return achievement
    raise NotFound("This achievement")


def achievements_of(user: User) -> Score:
    """The user's achievements as of now, with points and level, and how far the others are; 2 requests.

    It is computed from the totals and the goals. What is stored of it, to notify once, follows a moment later;
    what the end of a month or of a goal's period brings, with the next change.
    """
    sums = totals.sums_of(every(totals.everything_query(user.username)))
    kept = [goals.goal_from_item(item) for item in every(goals.goals_query(user.username))]
    today = day_of(user.zone, clock.now())
    figures = figures_of(sums, kept, today)
    return score_of(catalogue(), levels(), figures, reached_by(catalogue(), figures))


def factors_listed() -> tuple[Factor, ...]:
    """The newest factor of each activity, region and unit, by category, label and region; one request.

    Those that staff added are read by an index, which may be a moment behind.
    """
    added = [
        factor
        for item in every(factors.currents_query())
        for factor in factors.current_from_item(item["activity"], item).factors
    ]
    return _in_order(newest([*newest_factors(), *added]))


def factors_of(activity: str) -> tuple[Factor, ...]:
    """Every factor of an activity, old and new, of the product and of staff; one request.

    Raises InvalidInput where there is none, which names the near ones.
    """
    name = activity_named(activity)
    if not could_be_an_activity(name):
        raise unknown_activity(activity, newest_factors())
    found = [each for each in own_factors() if each.activity == name]
    found += factors.factors_from_items(every(factors.factors_query(name)))
    if not found:
        raise unknown_activity(activity, newest_factors())
    return tuple(sorted(found, key=lambda each: (each.region, each.unit, -each.version)))


def _entries_query(user: User, wanted: EntryFilter) -> Query:
    zone, since, until = user.zone, wanted.since, wanted.until
    return entries.entries_query(
        user.username,
        since=None if since is None else start_of(zone, max(since, FIRST_DAY)),
        before=None if until is None else _end_of(until, zone),
        category=wanted.category,
        estimates=wanted.estimates,
    )


def _end_of(day: date, zone: ZoneInfo) -> datetime | None:
    return None if day == date.max else start_of(zone, max(day + timedelta(days=1), FIRST_DAY))


def _in_order(found: Iterable[Factor]) -> tuple[Factor, ...]:
    return tuple(
        sorted(found, key=lambda each: (CATEGORIES.index(each.category), each.label.lower(), each.region, each.unit))
    )
