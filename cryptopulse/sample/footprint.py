"""The sample's carbon diary: journeys, energy and food of some months, and two goals."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from budgets.selectors import Expense, ExpenseFilter, Month, expenses_newest
from carbon import services as carbon
from carbon.domain.goal import GoalDraft
from carbon.selectors import EntryDraft
from core import clock, ids
from core.accounts.domain import User

POWERED_IN = "GB"
"""Where the sample's electricity is used: that of each country has a figure of its own."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something done `days_back` days ago."""

    days_back: int
    activity: str
    amount: str
    unit: str
    description: str
    occupancy: int = 1

    def draft(self, now: datetime) -> EntryDraft:
        """The entry as a person would make it."""
        return EntryDraft(
            timestamp=now - timedelta(days=self.days_back),
            activity=self.activity,
            amount=Decimal(self.amount),
            unit=self.unit,
            description=self.description,
            occupancy=self.occupancy,
            region=POWERED_IN if self.activity == "electricity" else "",
        )


COMMUTES = 8
DIARY = (
    Done(128, "flight_short_haul_economy", "1150", "km", "Holiday, one way"),
    Done(121, "flight_short_haul_economy", "1150", "km", "And back"),
    Done(108, "electricity", "214", "kWh", "Meter, July and August"),
    Done(74, "electricity", "188", "kWh", "Meter, September"),
    Done(46, "electricity", "171", "kWh", "Meter, October"),
    Done(39, "car_petrol", "86", "km", "To the coast", 2),
    Done(33, "natural_gas", "260", "kWh", "Heating"),
    Done(21, "beef_beef_herd", "0.6", "kg", "Sunday roast"),
    Done(17, "car_petrol", "34", "km", "Furniture shop"),
    Done(12, "electricity", "176", "kWh", "Meter"),
    Done(9, "poultry_meat", "1.2", "kg", "Curry for six"),
    Done(5, "car_petrol", "52", "km", "Visiting family", 3),
    Done(3, "cheese", "0.4", "kg", "Fondue"),
    *(Done(days_back, "rail_national", "38", "km", "To work and back") for days_back in range(COMMUTES)),
)
GOALS = (
    GoalDraft("all", "monthly", target_kg=Decimal(600), description="A lighter month"),
    GoalDraft("transportation", "weekly", target_kg=Decimal(30), description="Trains before cars"),
)
MEASURED = ("Transportation", "City Cabs", "taxi", "31", "km")
"""The journey by which one expense is measured: category, merchant, activity, amount, unit."""


def fill_footprint(user: User) -> None:
    """Goals, entries, and one expense measured, which is then no estimate; the others are estimated by themselves."""
    now = clock.now()
    for goal in GOALS:
        carbon.goal_add(user, goal_id=ids.new_id(), draft=goal)
    for done in DIARY:
        carbon.entry_add(user, entry_id=ids.new_id(), draft=done.draft(now))
    _measure(user, now)


def _measure(user: User, now: datetime) -> None:
    category, merchant, activity, amount, unit = MEASURED
    expense = _newest(user, category, merchant)
    if expense is None:
        return
    at = min(datetime.combine(expense.day, now.timetz()), now)
    draft = EntryDraft(at, activity, Decimal(amount), unit, f"{merchant}: {expense.description}")
    carbon.expense_measure(user, expense.expense_id, draft)


def _newest(user: User, category: str, merchant: str) -> Expense | None:
    """The newest expense of this month that was paid there."""
    since = Month.of(clock.now().date()).first_day
    found = expenses_newest(user.username, 20, wanted=ExpenseFilter(since=since, category=category)).items
    return next((expense for expense in found if expense.merchant == merchant), None)
