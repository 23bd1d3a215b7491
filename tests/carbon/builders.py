"""Entries and goals for tests, made through the product's own services."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from carbon import selectors, services
from carbon.data.catalogue import catalogue
from carbon.data.factors import factors
from carbon.domain.achievements import figures_of, reached_by
from carbon.domain.activity import chosen, newest
from carbon.domain.entry import Entry, EntryDraft, Estimate
from carbon.domain.factor import Factor
from carbon.domain.factor_draft import FactorDraft
from carbon.domain.goal import Goal, GoalDraft
from carbon.domain.totals import CategoryTotal, PeriodTotals, contribution
from carbon.repositories import achievements, entries, goals, totals
from carbon.selectors import entry_find
from carbon.tables import CARBON_ENTRIES
from core import clock
from core.accounts.domain import User
from core.accounts.selectors import find_user
from core.events import Event, event_from_item, shard_of
from core.ids import new_id
from core.periods import Month, day_of
from core.reading import every
from core.storage import KeyCondition, Query, Write
from core.tables import OUTBOX
from tests.builders import there


def a_person(username: str = "alice", **profile: Any) -> User:
    """A user with a row among the users and nothing else."""
    return there(User(username=username, email=f"{username}@example.com", **profile))


def a_draft(activity: str = "car_petrol", amount: str = "100", unit: str = "km", **more: Any) -> EntryDraft:
    """What a user says: 100 km by petrol car a moment ago. `on` names a day instead, at noon UTC."""
    on: date | None = more.pop("on", None)
    timestamp = clock.now() if on is None else datetime.combine(on, time(12), UTC)
    return EntryDraft(
        timestamp=more.pop("timestamp", timestamp), activity=activity, amount=Decimal(amount), unit=unit, **more
    )


def added(user: User, activity: str = "car_petrol", amount: str = "100", unit: str = "km", **more: Any) -> Entry:
    """An entry of it."""
    entry_id = more.pop("entry_id", None) or new_id()
    return services.entry_add(user, entry_id=entry_id, draft=a_draft(activity, amount, unit, **more))


def an_estimate(expense_id: str, day: date, kg: str = "40", category: str = "transportation") -> Estimate:
    """What an expense of 100 pounds could be taken to have emitted."""
    factor = next(each for each in factors() if each.activity == "taxi")
    return Estimate(expense_id, day, category, "spending", Decimal(100), "gbp_2023", Decimal(kg), factor, "Groceries")


def a_goal(user: User, target_kg: str | None = "100", **more: Any) -> Goal:
    """A goal for everything in a month."""
    goal_id = more.pop("goal_id", None) or new_id()
    draft = GoalDraft(
        category=more.pop("category", "all"),
        period=more.pop("period", "monthly"),
        target_kg=None if target_kg is None else Decimal(target_kg),
        **more,
    )
    return services.goal_add(user, goal_id=goal_id, draft=draft)


def estimated(username: str, estimate: Estimate) -> Entry | None:
    """The estimate of an expense, put; None where the expense has a measured entry."""
    services.estimates_put(username, {estimate.expense_id: estimate})
    entry = entry_find(username, estimate.expense_id)
    return entry if entry is not None and entry.is_estimate else None


def unestimated(username: str, expense_id: str) -> None:
    """The expense has no estimate any more."""
    services.estimates_put(username, {expense_id: None})


def a_factor(activity: str = "car_petrol", region: str = "GB", unit: str = "vehicle_km", **more: Any) -> FactorDraft:
    """What staff say of a factor."""
    values: dict[str, Any] = {
        "activity": activity,
        "label": "Car, petrol, average",
        "category": "transportation",
        "unit": unit,
        "kg_direct": Decimal("0.2"),
        "kg_fuel_supply": None,
        "region": region,
        "year": 2027,
        "source": "A newer table",
        "licence": "OGL v3.0",
        "best_before": date(2028, 7, 1),
    }
    return FactorDraft(**{**values, **more})


def factor_added(draft: FactorDraft, *also: Write, by: User | None = None) -> Factor:
    """The factor of it, added by one of the staff."""
    staff = by or find_user("staff") or a_person("staff", role="admin")
    return services.factor_add(staff, draft, reason="A newer table is out", also=also)


def factor_find(activity: str, unit: str, region: str) -> Factor:
    """The factor that an entry of this activity and unit takes now; region: the user's country, or nothing."""
    found = selectors.factors_of(activity)
    factor, _ = chosen(found[0].activity, newest(found), unit=unit, region="", country=region)
    return factor


def entries_of(user: User) -> list[Entry]:
    """Every entry of a user, read from the base table."""
    query = Query(CARBON_ENTRIES, KeyCondition("username").eq(user.username), consistent=True)
    return [entries.entry_from_item(item) for item in every(query)]


def recount(kept: Iterable[Entry]) -> dict[str, dict[str, CategoryTotal]]:
    """The totals that entries come to, by period and category."""
    sums: dict[str, dict[str, CategoryTotal]] = {}
    for entry in kept:
        for period in (entry.day.isoformat(), str(Month.of(entry.day))):
            categories = sums.setdefault(period, {})
            categories[entry.category] = categories.get(entry.category, CategoryTotal()) + contribution(entry)
    return sums


def check_adds_up(user: User) -> None:
    """The stored totals are what the entries come to, to the milligram."""
    stored = totals.sums_of(every(totals.everything_query(user.username)))
    assert {each.period: dict(each.categories) for each in stored} == recount(entries_of(user))


def reached_by_recount(user: User) -> dict[str, date]:
    """What a user has achieved, computed from nothing but entries and goals."""
    sums = [PeriodTotals(period, categories) for period, categories in recount(entries_of(user)).items()]
    kept = [goals.goal_from_item(item) for item in every(goals.goals_query(user.username))]
    return reached_by(catalogue(), figures_of(sums, kept, day_of(user.zone, clock.now())))


def reached(user: User) -> dict[str, date]:
    """The achievements that are stored as reached."""
    return achievements.record_from_items(every(achievements.achievements_query(user.username))).reached


def events_of(user: User, name: str = "") -> list[Event]:
    """What is in the outbox of a user, oldest first; of one name, where given."""
    query = Query(OUTBOX, KeyCondition("shard").eq(shard_of(user.username)), consistent=True)
    found = [event_from_item(item) for item in every(query)]
    return [event for event in found if event.username == user.username and name in ("", event.name)]


def today_of(user: User) -> date:
    """The user's today."""
    return clock.now().astimezone(ZoneInfo(user.time_zone)).date()


def days_ago(count: int) -> date:
    """The day that many before today, in UTC."""
    return clock.now().astimezone(UTC).date() - timedelta(days=count)
