"""What the first page shows, read in six requests: portfolio 2, trades, ledger, alerts and notifications 1 each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.domain.alert import Alert, Status
from alerts.selectors import Notification, alerts_of, notifications_newest
from alerts.wording import condition_text
from core import clock
from core.accounts.domain import User
from cryptopulse.overview.checklist import Step, steps
from cryptopulse.overview.worth import Worth, worth_of
from market.selectors import Asset, assets_listed
from portfolio.selectors import HoldingView, PortfolioView, ledger_all, portfolio_of, transactions_all

HOLDINGS_SHOWN = 5
ALERTS_SHOWN = 5
NOTIFICATIONS_SHOWN = 4
LEADING_ASSETS = 6


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
    def alerts_shown(self) -> Sequence[AlertLine]:
        """The newest alerts."""
        return self.alerts[:ALERTS_SHOWN]

    @property
    def alerts_watching(self) -> int:
        """How many alerts a price can fire now or after going back."""
        return sum(line.status in (Status.ARMED, Status.WAITING) for line in self.alerts)


def overview_of(user: User, *, days: int) -> Overview:
    """The first page with a net-worth curve over so many days; at most 6 requests."""
    now = clock.now()
    view = portfolio_of(user)
    trades = transactions_all(user.username)
    ledger = ledger_all(user.username)
    alerts = alerts_of(user.username)
    return Overview(
        portfolio=view,
        worth=worth_of(view, trades, ledger, days=days, now=now),
        alerts=[AlertLine(each, condition_text(each.terms.condition), each.status(now)) for each in alerts],
        notifications=notifications_newest(user.username, NOTIFICATIONS_SHOWN).items,
        steps=steps(funded=bool(ledger), traded=bool(trades), alerted=bool(alerts)),
    )


def leading_assets() -> Sequence[Asset]:
    """The largest assets that have a price, for a first look; 1 request."""
    return [asset for asset in assets_listed() if asset.active and asset.price is not None][:LEADING_ASSETS]
