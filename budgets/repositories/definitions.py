"""What a user has set as the `BUDGETS` row of the Budgets table."""

from datetime import datetime

from budgets.domain.budget import Budget
from budgets.domain.definitions import Definitions
from budgets.tables import BUDGETS
from core import clock
from core.storage.operations import Attr, Check, ConditionBase, Get, Item, Put

DEFINITIONS = "BUDGETS"


def definitions_address(username: str) -> Get:
    """Where the row of what this user has set is."""
    return Get(BUDGETS, {"username": username, "entry": DEFINITIONS})


def definitions_put(definitions: Definitions, at: datetime) -> Put:
    """Write them if nobody else has since they were read; fails (label `definitions`) otherwise."""
    item: Item = {
        "username": definitions.username,
        "entry": DEFINITIONS,
        "budgets": {name: _budget_item(budget, at) for name, budget in definitions.budgets.items()},
        "version": definitions.version + 1,
        "created_at": clock.to_text(definitions.created_at or at),
        "updated_at": clock.to_text(at),
    }
    if definitions.channels:
        item["channels"] = list(definitions.channels)
    if definitions.own_categories:
        item["own_categories"] = list(definitions.own_categories)
    return Put(BUDGETS, item, _unchanged(definitions), "definitions")


def definitions_check(definitions: Definitions) -> Check:
    """The condition, label `definitions`, that what was decided by them still holds."""
    key = {"username": definitions.username, "entry": DEFINITIONS}
    return Check(BUDGETS, key, _unchanged(definitions), "definitions")


def definitions_from_item(item: Item) -> Definitions:
    """What a row says that the user has set."""
    return Definitions(
        username=item["username"],
        budgets={name: _budget(name, budget) for name, budget in item["budgets"].items()},
        own_categories=tuple(item.get("own_categories", ())),
        channels=tuple(item.get("channels", ())),
        version=int(item["version"]),
        created_at=clock.from_text(item["created_at"]),
    )


def _unchanged(definitions: Definitions) -> ConditionBase:
    if definitions.version:
        return Attr("version").eq(definitions.version)
    return Attr("version").not_exists()


def _budget_item(budget: Budget, at: datetime) -> Item:
    return {
        "amount": budget.amount,
        "alert_threshold": list(budget.thresholds),
        "created_at": clock.to_text(budget.created_at or at),
        "updated_at": clock.to_text(budget.updated_at or at),
    }


def _budget(category: str, item: Item) -> Budget:
    return Budget(
        category=category,
        amount=item["amount"],
        thresholds=tuple(int(threshold) for threshold in item["alert_threshold"]),
        created_at=clock.from_text(item["created_at"]),
        updated_at=clock.from_text(item["updated_at"]),
    )
