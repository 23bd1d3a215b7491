"""Setting and changing goals."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from carbon.domain import targets
from carbon.domain.goal import Goal, GoalDraft
from carbon.domain.targets import Baseline
from carbon.events import goal_changed
from carbon.repositories import goals as rows
from carbon.repositories import totals
from carbon.selectors import goal_find, goal_get
from core import clock, ids, outbox
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.events import event_put
from core.periods import Month, day_of
from core.reading import every
from core.replay import check_same, check_unchanged
from core.retry import optimistic
from core.storage import Write, journey


def goal_add(user: User, *, goal_id: str, draft: GoalDraft, also: Sequence[Write] = ()) -> Goal:
    """Set a goal. A repeated goal_id with the same draft returns the stored goal.

    Percent without baseline_kg takes the mean of the three months before and keeps it. Raises InvalidInput, also where
    those months have no entry; Refused with goal_quota or idempotency_mismatch; NotFound where the account is closed;
    StoreUnavailable.
    """
    ids.check_id(goal_id, "goal_id")
    draft = draft.normal()
    draft.check()
    with journey("carbon_goal_add"):
        goal = optimistic(lambda: _add(user, goal_id, draft, also))
    outbox.nudge(user.username)
    return goal


def goal_change(user: User, goal_id: str, draft: GoalDraft, *, version: int | None = None) -> Goal:
    """Have a goal say what the draft says.

    A baseline that the draft does not name stays as it was kept, unless the category or the period is another one now.
    version: the one that the user saw. Raises InvalidInput; NotFound; Refused `changed_meanwhile` where the goal has
    another version by now; StoreUnavailable.
    """
    draft = draft.normal()
    draft.check()
    with journey("carbon_goal_change"):
        goal = optimistic(lambda: _change(user, goal_id, draft, version))
    outbox.nudge(user.username)
    return goal


def _add(user: User, goal_id: str, draft: GoalDraft, also: Sequence[Write]) -> Goal:
    digest = draft.digest()
    stored = goal_find(user.username, goal_id)
    if stored is not None:
        check_same(goal_id=(digest, stored.digest))
        return stored
    ids.check_fresh(goal_id, "goal_id")
    now = clock.now()
    goal = Goal(
        username=user.username,
        goal_id=goal_id,
        **_from_draft(user, draft, None),
        set_on=day_of(user.zone, now),
        created_at=now,
        updated_at=now,
        digest=digest,
    )
    commit([rows.goal_put(goal), event_put(goal_changed(user.username, goal_id)), open_check(user.username)], also)
    return replace(goal, version=1)


def _change(user: User, goal_id: str, draft: GoalDraft, version: int | None) -> Goal:
    before = goal_get(user.username, goal_id)
    after = replace(before, **_from_draft(user, draft, before))
    if after == before:
        return before
    check_unchanged(version, before.version, "This goal")
    after = replace(after, updated_at=clock.now())
    commit([rows.goal_put(after, before), event_put(goal_changed(user.username, goal_id))])
    return replace(after, version=after.version + 1)


def _from_draft(user: User, draft: GoalDraft, before: Goal | None) -> dict[str, Any]:
    """What a goal has from its draft, by its fields: the target in kg, and the baseline that it is under, if it is."""
    target_kg, baseline = draft.target_kg, None
    if draft.percent is not None:
        baseline = _baseline_of(user, draft, before)
        target_kg = targets.target_under(baseline, draft.percent)
    return {
        "category": draft.category,
        "period": draft.period,
        "target_kg": target_kg,
        "percent": draft.percent,
        "baseline_kg": baseline and baseline.kg,
        "baseline_months": baseline.months if baseline else (),
        "description": draft.description,
    }


def _baseline_of(user: User, draft: GoalDraft, before: Goal | None) -> Baseline:
    if before is not None and before.baseline_kg is not None:
        is_alike = (before.category, before.period) == (draft.category, draft.period)
        if is_alike and draft.baseline_kg in (None, before.baseline_kg):
            return Baseline(before.baseline_kg, before.baseline_months)
    if draft.baseline_kg is not None:
        return Baseline(draft.baseline_kg)
    this_month = Month.of(day_of(user.zone, clock.now()))
    first, last = this_month.shifted(-targets.BASELINE_MONTHS), this_month.previous
    found = totals.sums_of(every(totals.months_query(user.username, str(first), str(last))))
    months = [each for each in found if not each.is_day]
    return targets.mean_of(months, draft.category, draft.checked_period)
