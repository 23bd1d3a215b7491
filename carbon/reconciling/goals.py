"""Goals and the baselines that their targets lie under."""

from __future__ import annotations

from collections.abc import Iterable

from carbon.domain.targets import Baseline, target_under
from carbon.reconciling.rows import goals_of
from core.reconciling.rules import Account, Disagreement


def targets_follow_from_baselines(account: Account) -> Iterable[Disagreement]:
    """A goal in percent has a baseline, and its target lies so far under it."""
    for goal in goals_of(account):
        if goal.percent is None:
            continue
        row = f"CarbonGoals {goal.goal_id}"
        if goal.baseline_kg is None:
            yield Disagreement(account.username, row, f"it is {goal.percent} % under a baseline that is not there")
            continue
        wanted = target_under(Baseline(goal.baseline_kg), goal.percent)
        if goal.target_kg != wanted:
            detail = f"target_kg is {goal.target_kg}, {goal.percent} % under {goal.baseline_kg} is {wanted}"
            yield Disagreement(account.username, row, detail)
