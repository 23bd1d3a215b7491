"""An account's rows as values of the domain."""

from __future__ import annotations

from carbon.domain.entry import Entry
from carbon.domain.goal import Goal
from carbon.domain.totals import PeriodTotals
from carbon.repositories import achievements, entries, goals, totals
from carbon.repositories.achievements import Record
from carbon.tables import CARBON_ACHIEVEMENTS, CARBON_ENTRIES, CARBON_GOALS, CARBON_TOTALS
from core.reconciling.rules import Account, Disagreement


def entries_of(account: Account) -> list[Entry]:
    """Entries, in the order of their ids."""
    return [entries.entry_from_item(item) for item in account.of(CARBON_ENTRIES)]


def totals_of(account: Account) -> dict[str, PeriodTotals]:
    """The stored sums by period, those of nothing too."""
    return {item["period"]: totals.totals_from_item(item["period"], item) for item in account.of(CARBON_TOTALS)}


def goals_of(account: Account) -> list[Goal]:
    """Goals, oldest first."""
    return [goals.goal_from_item(item) for item in account.of(CARBON_GOALS)]


def record_of(account: Account) -> Record:
    """What is stored of achievements."""
    return achievements.record_from_items(account.of(CARBON_ACHIEVEMENTS))


def about_entry(entry: Entry, detail: str) -> Disagreement:
    """A disagreement of an entry."""
    return Disagreement(entry.username, f"CarbonEntries {entry.entry_id}", detail)
