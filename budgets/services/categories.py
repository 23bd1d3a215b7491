"""The user's own categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgets.domain.categories import MOST_OWN_CATEGORIES, new_category, same_name
from budgets.repositories.definitions import definitions_put
from budgets.services.reading import situation_of
from core import clock
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import InvalidInput, NotFound, Refused
from core.retry import optimistic
from core.storage import Write, journey


def category_add(user: User, name: str, *, also: Sequence[Write] = ()) -> str:
    """Add an own category and return its name as it is stored; one that is there already stays. 2 requests.

    Raises InvalidInput; Refused `category_quota` beyond 50; NotFound where the account is closed; StoreUnavailable.
    """
    category = new_category(name)
    with journey("category_add"):
        return optimistic(lambda: _add(user.username, category, also))


def category_remove(user: User, name: str) -> None:
    """Offer an own category no more. Expenses of it keep it, and stay in its totals. 2 requests.

    Raises Refused `category_in_use` while it has a budget; NotFound, StoreUnavailable.
    """
    with journey("category_remove"):
        optimistic(lambda: _remove(user.username, name))


def _add(username: str, category: str, also: Sequence[Write]) -> str:
    definitions = situation_of(username, ()).definitions
    if category in definitions.own_categories:
        if also:
            commit([open_check(username)], also)
        return category
    like = same_name(category, definitions.own_categories)
    if like is not None:
        raise InvalidInput({"name": [f"You have {like} already. Choose another name."]})
    if len(definitions.own_categories) >= MOST_OWN_CATEGORIES:
        raise Refused(
            "category_quota",
            f"You have {MOST_OWN_CATEGORIES} categories of your own, which is the most. Remove one to make room.",
        )
    added = replace(definitions, own_categories=(*definitions.own_categories, category))
    commit([definitions_put(added, clock.now()), open_check(username)], also)
    return category


def _remove(username: str, name: str) -> None:
    definitions = situation_of(username, ()).definitions
    if name not in definitions.own_categories:
        raise NotFound("This category of yours")
    if name in definitions.budgets:
        raise Refused("category_in_use", f"{name} has a budget. Delete the budget first, then the category.")
    left = tuple(category for category in definitions.own_categories if category != name)
    commit([definitions_put(replace(definitions, own_categories=left), clock.now())])
