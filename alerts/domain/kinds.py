"""The kinds of notifications, and of rows of the history: each with all that depends on its kind, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import partial
from typing import Self


class _Kind(StrEnum):
    """Kinds of which later releases may write others: these are read as OTHER."""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls["OTHER"]


class HistoryKind(_Kind):
    """Which part of the site a row of the history comes from."""

    PRICE = "price"
    BUDGET = "budget"
    CARBON = "carbon"
    ORDER = "order"
    OTHER = "other"


class NotificationKind(_Kind):
    """What a notification is about."""

    ALERT = "alert"
    ORDER = "order"
    TEST = "test"
    BUDGET_ALERT = "budget_alert"
    BUDGET_EXCEEDED = "budget_exceeded"
    LARGE_EXPENSE = "large_expense"
    IMPORT_SUMMARY = "import_summary"
    CARBON_GOAL = "carbon_goal"
    ACHIEVEMENT = "achievement"
    OTHER = "other"

    @property
    def traits(self) -> Traits:
        return TRAITS.get(self, UNKNOWN)


class Privacy(Enum):
    """What privacy mode hides of a notification: nothing, amounts of money and emissions, or every word."""

    NOTHING = auto()
    AMOUNTS = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Traits:
    """What depends on the kind of a notification.

    label: of the filter on pages. subject: of a mail whose row has none, as an earlier release wrote it. history: the
    part of the history in which it is listed; None where it is in none. is_quiet: nobody waits for it, so that it
    goes to the notification centre alone.
    """

    label: str
    subject: str
    icon: str
    history: HistoryKind | None = None
    privacy: Privacy = Privacy.NOTHING
    is_quiet: bool = False

    @property
    def is_of_fact(self) -> bool:
        """Whether it notifies of what happened in another app than the market."""
        return self.history not in (None, HistoryKind.PRICE)


_of_budgets = partial(Traits, icon="bars-3-bottom-left", history=HistoryKind.BUDGET, privacy=Privacy.AMOUNTS)
_of_carbon = partial(Traits, history=HistoryKind.CARBON)

TRAITS: Mapping[NotificationKind, Traits] = {
    NotificationKind.ALERT: Traits("Alerts", "Price alert", "bell-alert", HistoryKind.PRICE),
    NotificationKind.ORDER: Traits(
        "Orders", "Order filled", "arrows-right-left", HistoryKind.ORDER, Privacy.ALL, is_quiet=True
    ),
    NotificationKind.TEST: Traits("Tests", "Test of an alert", "beaker"),
    NotificationKind.BUDGET_ALERT: _of_budgets("Budgets", "Budget alert"),
    NotificationKind.BUDGET_EXCEEDED: _of_budgets("Over budget", "Budget exceeded"),
    NotificationKind.LARGE_EXPENSE: _of_budgets("Large expenses", "Large expense"),
    NotificationKind.IMPORT_SUMMARY: _of_budgets("Imports", "Import finished", icon="arrow-down-tray"),
    NotificationKind.CARBON_GOAL: _of_carbon("Carbon goals", "Carbon goal exceeded", "leaf", privacy=Privacy.AMOUNTS),
    NotificationKind.ACHIEVEMENT: _of_carbon("Achievements", "Achievement", "trophy", is_quiet=True),
}
"""All kinds that this release writes, in the order in which pages list them."""
UNKNOWN = Traits("Other", "Notification", "bell-alert", privacy=Privacy.ALL)

HISTORY_LABELS: Mapping[HistoryKind, str] = {
    HistoryKind.PRICE: "Prices",
    HistoryKind.BUDGET: "Budgets",
    HistoryKind.CARBON: "Carbon",
    HistoryKind.ORDER: "Orders",
}
"""The parts of the history that this release writes, as pages name them."""
