"""Achievements and the entries and goals that they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from carbon.data.catalogue import catalogue
from carbon.domain.achieving import figures_of, reached_by
from carbon.domain.totals import CategoryTotal, PeriodTotals, contribution
from carbon.events import ENTRY_CHANGED, GOAL_CHANGED
from carbon.reconciling.rows import entries_of, goals_of, record_of
from core.reconciling.rules import Account, Disagreement
from core.tables import OUTBOX


def achievements_follow_from_entries(account: Account) -> Iterable[Disagreement]:
    """What is achieved is what the entries and goals make it, as of the day of the last judgement.

    While an event waits that will have it judged anew, nothing is said.
    """
    waiting = {item.get("name") for item in account.of(OUTBOX)}
    if waiting & {ENTRY_CHANGED, GOAL_CHANGED}:
        return
    record, goals, entries = record_of(account), goals_of(account), entries_of(account)
    if record.judged_on is None:
        if entries or goals or record.kept:
            yield _about(account, "STANDING", "it was never judged what is achieved")
        return
    days: defaultdict[str, defaultdict[str, CategoryTotal]] = defaultdict(lambda: defaultdict(CategoryTotal))
    for entry in entries:
        days[entry.day.isoformat()][entry.category] += contribution(entry)
    sums = [PeriodTotals(day, categories) for day, categories in days.items()]
    wanted, stored = reached_by(catalogue(), figures_of(sums, goals, record.judged_on)), record.reached
    for name in sorted({*wanted, *stored}):
        if wanted.get(name) != stored.get(name):
            yield _about(account, name, f"reached_on is {stored.get(name)}, the entries say {wanted.get(name)}")


def _about(account: Account, name: str, detail: str) -> Disagreement:
    return Disagreement(account.username, f"CarbonAchievements {name}", detail)
