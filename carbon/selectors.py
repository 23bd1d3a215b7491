"""Reads of the carbon footprint, for its own pages and for other apps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS, Entry, EntryDraft
from carbon.domain.factor import Factor
from carbon.domain.goal import Goal, GoalProgress
from carbon.domain.standing import Achieved, Achievement, Level, Standing
from carbon.domain.totals import CategoryTotal, MonthSummary, PeriodTotals
from core.accounts.domain import User
from core.reading import Rows
from core.storage import Key
from core.trash import Thrown

__all__ = [
    "CATEGORIES",
    "CATEGORY_LABELS",
    "Achieved",
    "Achievement",
    "CategoryTotal",
    "Entry",
    "EntryDraft",
    "Factor",
    "Goal",
    "GoalProgress",
    "Level",
    "MonthSummary",
    "PeriodTotals",
    "Rows",
    "Standing",
    "achievements_of",
    "entries_deleted",
    "entries_every",
    "entries_newest",
    "entry_get",
    "factor_find",
    "factors_listed",
    "factors_of",
    "goal_get",
    "goals_with_progress",
    "month_summary",
    "totals_between",
]


def entry_get(username: str, entry_id: str) -> Entry:
    """One entry; one request. Raises NotFound for one that is not there or not this user's."""
    raise NotImplementedError


def entries_newest(
    user: User,
    limit: int,
    cursor: Key | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    category: str = "",
    estimates: bool | None = None,
) -> Rows[Entry]:
    """Entries, newest first, from the start of one day to the end of another, days being of the user's zone.

    estimates: True for these alone, False for measured ones alone. One request; with `estimates` at most 5, and the
    page may be short and still have a cursor.
    """
    raise NotImplementedError


def entries_every(
    user: User,
    *,
    since: date | None = None,
    until: date | None = None,
    category: str = "",
    estimates: bool | None = None,
) -> Iterator[Entry]:
    """Every entry of the same filter, newest first; one request for each 1 MB."""
    raise NotImplementedError


def entries_deleted(username: str) -> list[tuple[Thrown, Entry]]:
    """What a user deleted within 30 days, the latest first; one request."""
    raise NotImplementedError


def totals_between(username: str, first: date, last: date) -> tuple[PeriodTotals, ...]:
    """The totals of days with entries from the first to the last, oldest first; one request."""
    raise NotImplementedError


def months_between(username: str, first: str, last: str) -> tuple[PeriodTotals, ...]:
    """The totals of months with entries from the first (`2026-01`) to the last, oldest first; one request."""
    raise NotImplementedError


def month_summary(user: User, month: str) -> MonthSummary:
    """A month (`2026-11`) by category and day, against the user's budget; one request."""
    raise NotImplementedError


def goal_get(username: str, goal_id: str) -> Goal:
    """One goal; one request. Raises NotFound for one that is not there or not this user's."""
    raise NotImplementedError


def goals_with_progress(user: User) -> tuple[GoalProgress, ...]:
    """A user's goals, newest first, each in the period of the user's today; 2 requests, 1 where there is none."""
    raise NotImplementedError


def achievements_of(user: User) -> Standing:
    """What somebody achieved, with points and level, and how far the rest is; 3 requests."""
    raise NotImplementedError


def factors_listed() -> tuple[Factor, ...]:
    """The newest factor of each activity, region and unit of the product's own, by category and label; no request.

    Those that staff added are in `factors_of`.
    """
    raise NotImplementedError


def factors_of(activity: str) -> tuple[Factor, ...]:
    """Every factor of an activity, old and new, of the product and of staff; one request."""
    raise NotImplementedError


def factor_find(activity: str, unit: str, region: str) -> Factor:
    """The factor that an entry of this activity, unit and region would take now; one request.

    region: ISO 3166-1 alpha-2 code of the user's country, or nothing. Raises InvalidInput, which names the near ones of
    an unknown activity or unit, and asks for a country where electricity has no figure without one.
    """
    raise NotImplementedError
