"""What the first page shows, read in ten requests.

Portfolio 2, trades, ledger, alerts, notifications and budgets 1 each, carbon 3: its month, and the goals with their
periods, 1 where there is none. While the list of first steps is shown, a month without an expense or entry is asked
once more whether there ever was one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.domain.alert import Alert, Status
from alerts.selectors import Notification, alerts_of, notifications_newest
from budgets import selectors as budgets
from budgets.presentation import BudgetRow, MonthPage, month_page
from carbon import selectors as carbon
from carbon.selectors import GoalProgress, MonthSummary
from core import clock
from core.accounts.domain import User
from core.money import ZERO
from cryptopulse.overview.attention import Concern, concerns_of
from market.selectors import Asset, assets_listed
from portfolio.selectors import HoldingView, PortfolioView, Worth, net_worth, portfolio_of

HOLDINGS_SHOWN = 5
ALERTS_SHOWN = 5
NOTICES_SHOWN = 5
"""Concerns and notifications together; every concern is shown, and at least two notifications."""
FEWEST_NOTIFICATIONS = 2
NOTIFICATIONS_READ = 12
NEEDS_NOTHING = ("achievement",)
"""Kinds of notifications that ask the user for nothing."""
BUDGETS_SHOWN = 5
LEADING_ASSETS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the getting-started list: what to do, where, and whether the data says it is done."""

    label: str
    url_name: str
    done: bool


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert as the first page shows it."""

    alert: Alert
    condition: str
    status: Status


@dataclass(frozen=True, slots=True)
class Overview:
    """One user's first page; alerts with the newest first."""

    portfolio: PortfolioView
    worth: Worth
    alerts: Sequence[AlertLine]
    money: MonthPage
    footprint: MonthSummary
    goals: Sequence[GoalProgress]
    concerns: Sequence[Concern]
    notifications: Sequence[Notification]
    steps: tuple[Step, ...]

    @property
    def holdings(self) -> Sequence[HoldingView]:
        """The largest holdings."""
        return self.portfolio.holdings[:HOLDINGS_SHOWN]

    @property
    def more_holdings(self) -> int:
        """How many holdings the first page leaves out."""
        return max(0, len(self.portfolio.holdings) - HOLDINGS_SHOWN)

    @property
    def budgets_shown(self) -> Sequence[BudgetRow]:
        """The budgets of which most is spent, in the order of their month."""
        most = sorted(self.money.rows, key=lambda row: -(row.line.percent or ZERO))[:BUDGETS_SHOWN]
        return [row for row in self.money.rows if row in most]

    @property
    def more_budgets(self) -> int:
        """How many budgets the first page leaves out."""
        return max(0, len(self.money.rows) - BUDGETS_SHOWN)

    @property
    def month_goal(self) -> GoalProgress | None:
        """The goal that counts everything in a month, the newest of several."""
        of_the_month = (each for each in self.goals if (each.goal.category, each.goal.period) == ("all", "monthly"))
        return next(of_the_month, None)

    @property
    def alerts_shown(self) -> Sequence[AlertLine]:
        """The newest alerts."""
        return self.alerts[:ALERTS_SHOWN]

    @property
    def alerts_watching(self) -> int:
        """How many alerts a price can fire now or after going back."""
        return sum(line.status in (Status.ARMED, Status.WAITING) for line in self.alerts)


def overview_of(user: User, *, days: int, with_steps: bool = True) -> Overview:
    """The first page with a net-worth curve over `days` days; `with_steps`: the first steps too."""
    now = clock.now()
    today = budgets.today_of(user)
    view = portfolio_of(user)
    worth = net_worth(view, user.username, days=days, now=now)
    alerts = alerts_of(user.username)
    money = month_page(budgets.month_summary(user.username, budgets.current_month(user)), today)
    footprint = carbon.month_summary(user, money.summary.month)
    goals = carbon.goals_with_progress(user)
    concerns = concerns_of(money, footprint, goals)
    return Overview(
        portfolio=view,
        worth=worth,
        alerts=[AlertLine(each, each.terms.condition.text, each.status(now)) for each in alerts],
        money=money,
        footprint=footprint,
        goals=goals,
        concerns=concerns,
        notifications=_beside(concerns, notifications_newest(user.username, NOTIFICATIONS_READ).items),
        steps=_steps(user, view, worth, alerts, money, footprint) if with_steps else (),
    )


def _steps(
    user: User,
    view: PortfolioView,
    worth: Worth,
    alerts: Sequence[Alert],
    money: MonthPage,
    footprint: MonthSummary,
) -> tuple[Step, ...]:
    """What to do first, from what is there already; empty once all of it is done."""
    has_expense = bool(money.summary.count) or bool(budgets.expenses_newest(user.username, 1).items)
    has_entry = bool(footprint.totals.total.measured_count) or bool(
        carbon.entries_newest(user, 1, wanted=carbon.EntryFilter(estimates=False)).items
    )
    listed = (
        Step("Deposit money", "portfolio:deposit", worth.began is not None),
        Step("Place an order", "portfolio:trade", bool(view.assets)),
        Step("Set a budget", "budgets:budget", bool(money.summary.definitions.budgets)),
        Step("Add an expense", "budgets:expense-add", has_expense),
        Step("Create an alert", "alerts:add", bool(alerts)),
        Step("Add a carbon entry", "carbon:entry-add", has_entry),
    )
    return () if all(step.done for step in listed) else listed


def _beside(concerns: Sequence[Concern], notifications: Sequence[Notification]) -> list[Notification]:
    """The newest notifications, without those that a concern repeats, and without those that ask for nothing."""
    said = {each.link for each in concerns}
    room = max(NOTICES_SHOWN - len(concerns), FEWEST_NOTIFICATIONS)
    return [each for each in notifications if each.kind not in NEEDS_NOTHING and each.link not in said][:room]


def leading_assets() -> Sequence[Asset]:
    """The largest assets that have a price, for a first look; 1 request."""
    return [asset for asset in assets_listed() if asset.active and asset.price is not None][:LEADING_ASSETS]
