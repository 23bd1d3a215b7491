"""What is achieved, and when, by sums that are written down by hand."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from carbon.data.catalogue import catalogue, levels
from carbon.domain.achievements import Figures, figures_of, reached_by
from carbon.domain.goal import Goal, GoalPeriod
from carbon.domain.score import score_of
from carbon.domain.totals import CategoryTotal, PeriodTotals
from core.ids import new_id
from core.periods import day_of

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def a_day(day: date, kg: str = "5", count: int = 1, category: str = "transportation") -> PeriodTotals:
    """A day with that much of one category."""
    return PeriodTotals(day.isoformat(), {category: CategoryTotal(Decimal(kg), count)})


def an_estimated_day(day: date, kg: str = "5") -> PeriodTotals:
    """A day with an estimate alone."""
    return PeriodTotals(day.isoformat(), {"food": CategoryTotal(Decimal(kg), 1, Decimal(kg), 1)})


def days_from(first: date, count: int, kg: str = "5", category: str = "transportation") -> list[PeriodTotals]:
    """That many days in a row, each with that much."""
    return [a_day(first + DAY * number, kg, category=category) for number in range(count)]


def a_goal(period: GoalPeriod = "monthly", target_kg: str = "100", set_on: date = date(2026, 1, 1)) -> Goal:
    """A goal for everything."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Goal(
        username="alice",
        goal_id=new_id(),
        category="all",
        period=period,
        target_kg=Decimal(target_kg),
        percent=None,
        baseline_kg=None,
        baseline_months=(),
        description="",
        set_on=set_on,
        created_at=at,
        updated_at=at,
    )


def reached(sums: Iterable[PeriodTotals], goals: Iterable[Goal] = (), today: date = TODAY) -> Mapping[str, date]:
    """The achievements, by id, with their days."""
    return reached_by(catalogue(), figures_of(sums, goals, today))


def a_streak(sums: Iterable[PeriodTotals], today: date = TODAY) -> int:
    """The days in a row up to today or yesterday."""
    return figures_of(sums, (), today).streak_days


def test_nothing_is_achieved_by_nothing() -> None:
    assert reached([]) == {}


def test_entries_are_counted_by_the_days_that_they_are_of() -> None:
    sums = [a_day(date(2026, 11, 1), count=9), a_day(date(2026, 11, 5), count=40), a_day(date(2026, 11, 9), count=1)]
    assert reached(sums) == {
        "first_entry": date(2026, 11, 1),
        "carbon_conscious": date(2026, 11, 5),
        "eco_warrior": date(2026, 11, 9),
    }


def test_a_month_is_not_counted_beside_its_days() -> None:
    month = PeriodTotals("2026-11", {"food": CategoryTotal(Decimal(5), 99)})
    assert reached([month, a_day(date(2026, 11, 1))]) == {"first_entry": date(2026, 11, 1)}


def test_estimates_and_days_to_come_achieve_nothing() -> None:
    assert reached([an_estimated_day(TODAY), a_day(TODAY + DAY)]) == {}


def test_a_streak_is_reached_on_its_last_day_and_stays() -> None:
    sums = [*days_from(date(2026, 3, 26), 6), *days_from(date(2026, 4, 2), 31)]
    found = reached(sums)
    assert (found["daily_habit"], found["consistency_king"]) == (date(2026, 4, 8), date(2026, 5, 1))
    assert a_streak(sums) == 0


@pytest.mark.parametrize(("last", "length"), [(TODAY, 4), (TODAY - DAY, 4), (TODAY - 2 * DAY, 0)])
def test_a_streak_counts_if_its_last_day_is_today_or_yesterday(last: date, length: int) -> None:
    assert a_streak(days_from(last - 3 * DAY, 4)) == length


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def test_a_streak_runs_over_every_change_of_the_clock(zone: str) -> None:
    first = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo(zone))
    days = {day_of(ZoneInfo(zone), (first + DAY * number).astimezone(UTC)) for number in range(365)}
    sums = [a_day(day) for day in sorted(days)]
    assert a_streak(sums, today=date(2026, 12, 31)) == 365
    assert reached(sums, today=date(2026, 12, 31))["carbon_centurion"] == date(2026, 4, 10)


def a_year_until(kg: str, logged: int = 20, before: int = 7) -> list[PeriodTotals]:
    """July to September with 210 kg in all on 7 days each, then October with that much a day on that many."""
    months = [day for month in (7, 8, 9) for day in days_from(date(2026, month, 1), before, "10")]
    return [*months, *days_from(date(2026, 10, 1), logged, kg)]


@pytest.mark.parametrize(
    ("kg", "expected"),
    [
        ("3.4", set()),  # 68 kg beside a mean of 70: 2.9 %
        ("3.325", {"first_reduction"}),  # 66.5 kg: 5 % exactly
        ("3.15", {"first_reduction", "progress_maker"}),  # 63 kg: 10 %
        ("2.625", {"first_reduction", "progress_maker", "impact_creator"}),  # 52.5 kg: 25 %
    ],
)
def test_a_reduction_is_against_the_mean_of_the_three_months_before(kg: str, expected: set[str]) -> None:
    found = reached(a_year_until(kg))
    reductions = {
        name: day for name, day in found.items() if name in {"first_reduction", "progress_maker", "impact_creator"}
    }
    assert reductions == dict.fromkeys(expected, date(2026, 11, 1))


def test_a_month_that_is_not_over_reduces_nothing() -> None:
    assert "first_reduction" not in reached(a_year_until("1"), today=date(2026, 10, 31))
    assert "first_reduction" in reached(a_year_until("1"), today=date(2026, 11, 1))


@pytest.mark.parametrize(("logged", "before"), [(19, 7), (0, 7), (20, 6)])
def test_who_stops_logging_reduces_nothing(logged: int, before: int) -> None:
    assert "first_reduction" not in reached(a_year_until("0.1", logged, before))


def test_a_category_that_is_no_longer_logged_is_not_reduced() -> None:
    months = [day for month in (7, 8, 9) for day in days_from(date(2026, month, 1), 7, "10")]
    assert "first_reduction" not in reached([*months, *days_from(date(2026, 10, 1), 25, "1", "food")])


def test_kilograms_saved_add_up_and_are_lost_again() -> None:
    heavy = [day for month in (1, 2, 3) for day in days_from(date(2026, month, 1), 20, "100")]
    april = days_from(date(2026, 4, 1), 20, "40")
    found = reached([*heavy, *april])
    assert found["ton_saver"] == date(2026, 5, 1)  # 2000 - 800
    may = days_from(date(2026, 5, 1), 20, "150")
    figures = figures_of([*heavy, *april, *may], (), TODAY)
    assert [(day, round(kg)) for day, kg in figures.histories["kg_saved"]] == [(date(2026, 5, 1), 1200)]


@pytest.mark.parametrize(
    ("period", "set_on", "sums", "met_on"),
    [
        ("daily", date(2026, 11, 2), [("2026-11-01", 1, "1"), ("2026-11-02", 1, "99")], date(2026, 11, 3)),
        ("daily", date(2026, 11, 2), [("2026-11-02", 1, "101")], None),
        ("weekly", date(2026, 11, 2), [("2026-11-02", 5, "20")], date(2026, 11, 9)),
        ("weekly", date(2026, 11, 2), [("2026-11-02", 4, "20")], None),
        ("weekly", date(2026, 11, 3), [("2026-11-02", 5, "20")], None),
        ("monthly", date(2026, 10, 1), [("2026-10-01", 20, "5")], date(2026, 11, 1)),
        ("monthly", date(2026, 10, 1), [("2026-10-01", 20, "5.01")], None),
        ("monthly", date(2026, 10, 1), [("2026-10-01", 19, "5")], None),
        ("monthly", date(2026, 11, 1), [("2026-11-01", 20, "1")], None),
        ("yearly", date(2025, 1, 1), [("2025-01-01", 240, "0.4")], date(2026, 1, 1)),
    ],
)
def test_a_goal_is_met_by_a_whole_period_with_days_enough(
    period: GoalPeriod, set_on: date, sums: list[tuple[str, int, str]], met_on: date | None
) -> None:
    days = [day for first, count, kg in sums for day in days_from(date.fromisoformat(first), count, kg)]
    assert reached(days, [a_goal(period, "100", set_on)]).get("goal_crusher") == met_on


def test_goals_are_counted_one_by_one() -> None:
    days = days_from(date(2026, 11, 1), 9)
    goals = [a_goal("daily", "100", date(2026, 11, number)) for number in range(1, 6)]
    found = reached(days, goals)
    assert (found["goal_setter"], found["goal_crusher"], found["serial_achiever"]) == (
        date(2026, 11, 1),
        date(2026, 11, 2),
        date(2026, 11, 6),
    )
    assert "serial_achiever" not in reached(days, goals[:4])


def test_points_make_the_level() -> None:
    figures = Figures(
        {kind: [] for kind in ("entries", "streak_days", "reduction_percent", "kg_saved", "goals_set", "goals_met")}, 3
    )
    nothing = score_of(catalogue(), levels(), figures, {})
    assert (nothing.points, nothing.level.name, nothing.points_to_next) == (0, "Seedling", 500)
    some = score_of(catalogue(), levels(), figures, {"first_entry": TODAY, "eco_warrior": TODAY})
    assert (some.points, some.level.name, some.next_level and some.next_level.name) == (550, "Sprout", "Sapling")
    everything = score_of(catalogue(), levels(), figures, {each.achievement_id: TODAY for each in catalogue()})
    assert everything.points == sum(each.points for each in catalogue())
    assert [each.so_far for each in everything.achievements] == [each.needs for each in catalogue()]
    assert next(each for each in some.achievements if each.achievement.achievement_id == "daily_habit").so_far == 3
