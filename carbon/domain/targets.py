"""What a goal aims at: baselines, and how a goal is doing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from carbon.domain.goal import HUNDRED, Goal, GoalPeriod, GoalProgress
from carbon.domain.totals import CategoryTotal, PeriodTotals
from core.errors import InvalidInput
from core.periods import DAYS_OF_A_WEEK, MONTHS_OF_A_YEAR, Month, Period

GRAM = Decimal("0.001")
BASELINE_MONTHS = 3
NOTHING_BEFORE = "The last three months have no entries. Enter the kg of an earlier period."


@dataclass(frozen=True, slots=True)
class Baseline:
    """kg CO2e of one period before, and the months that it is the mean of; none where the user gave it."""

    kg: Decimal
    months: tuple[str, ...] = ()


def mean_of(months: Iterable[PeriodTotals], category: str, period: GoalPeriod) -> Baseline:
    """What one period had in the months that have entries: their mean, by the days for a day or a week.

    Raises InvalidInput where they have nothing of the category.
    """
    logged = [each for each in months if each.total.count]
    kg = sum((each.of(category).kg for each in logged), Decimal(0))
    if not kg:
        raise InvalidInput({"baseline_kg": [NOTHING_BEFORE]})
    days = sum(Month.from_text(each.period).length for each in logged)
    each_period = {
        "daily": kg / days,
        "weekly": kg * DAYS_OF_A_WEEK / days,
        "monthly": kg / len(logged),
        "yearly": kg * MONTHS_OF_A_YEAR / len(logged),
    }[period]
    return Baseline(to_grams(each_period), tuple(each.period for each in logged))


def target_under(baseline: Baseline, percent: Decimal) -> Decimal:
    """That many percent less than the baseline, in kg."""
    return to_grams(baseline.kg * (HUNDRED - percent) / HUNDRED)


def to_grams(kg: Decimal) -> Decimal:
    """Rounded to the gram, half up."""
    return kg.quantize(GRAM, ROUND_HALF_UP)


def progress_of(goal: Goal, today: date, days: Sequence[PeriodTotals]) -> GoalProgress:
    """How a goal is doing in the period of today, by the sums of its days."""
    period = Period.of(goal.period, today)
    of_it = (each for each in days if period.first_day <= each.first_day <= period.last_day)
    total = sum((each.of(goal.category) for each in of_it), CategoryTotal())
    return GoalProgress(
        goal=goal,
        period=period.name,
        first_day=period.first_day,
        last_day=period.last_day,
        kg=total.kg,
        estimated_kg=total.estimated_kg,
        days_left=(period.last_day - today).days,
    )
