"""Goals as items of the CarbonGoals table."""

from datetime import date

from carbon.domain.goal import Goal
from carbon.tables import CARBON_GOALS
from core import clock
from core.storage.operations import Attr, ConditionBase, Delete, Get, Item, KeyCondition, Put, Query


def goal_address(username: str, goal_id: str) -> Get:
    """Where one goal of this user is."""
    return Get(CARBON_GOALS, {"username": username, "goal_id": goal_id})


def goals_query(username: str) -> Query:
    """All goals of a user, newest first."""
    return Query(CARBON_GOALS, KeyCondition("username").eq(username), descending=True, consistent=True)


def goal_put(goal: Goal, before: Goal | None = None) -> Put:
    """Write a goal, one version on, in place of the one read before, if that is unchanged; None: there is none."""
    unchanged = Attr("goal_id").not_exists() if before is None else _unchanged(before)
    return Put(CARBON_GOALS, {**goal_item(goal), "version": goal.version + 1}, condition=unchanged, label="goal")


def goal_delete(goal: Goal) -> Delete:
    """Delete a goal if it is as it was read."""
    return Delete(CARBON_GOALS, {"username": goal.username, "goal_id": goal.goal_id}, _unchanged(goal), "goal")


def goal_item(goal: Goal) -> Item:
    """The row of a goal; empty fields are left out."""
    item: Item = {
        "username": goal.username,
        "goal_id": goal.goal_id,
        "category": goal.category,
        "goal_period": goal.period,
        "target_kg": goal.target_kg,
        "set_on": goal.set_on.isoformat(),
        "version": goal.version,
        "created_at": clock.to_text(goal.created_at),
        "updated_at": clock.to_text(goal.updated_at),
    }
    if goal.percent is not None:
        item["percent"] = goal.percent
        item["baseline_kg"] = goal.baseline_kg
    if goal.baseline_months:
        item["baseline_months"] = list(goal.baseline_months)
    for name in ("description", "digest"):
        if value := getattr(goal, name):
            item[name] = value
    return item


def goal_from_item(item: Item) -> Goal:
    """The goal that a row holds."""
    return Goal(
        username=item["username"],
        goal_id=item["goal_id"],
        category=item["category"],
        period=item["goal_period"],
        target_kg=item["target_kg"],
        percent=item.get("percent"),
        baseline_kg=item.get("baseline_kg"),
        baseline_months=tuple(item.get("baseline_months", ())),
        description=item.get("description", ""),
        set_on=date.fromisoformat(item["set_on"]),
        created_at=clock.from_text(item["created_at"]),
        updated_at=clock.from_text(item["updated_at"]),
        digest=item.get("digest", ""),
        version=int(item["version"]),
    )


def _unchanged(goal: Goal) -> ConditionBase:
    return Attr("version").eq(goal.version)
