"""What a user sets: budgets, categories of their own, and the channels that notify of budgets."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from budgets import events
from budgets.domain.budget import Budget, BudgetDraft, crossing_of, judge, marked, rejudged
from budgets.domain.categories import MOST_OWN_CATEGORIES, new_category, same_name
from budgets.repositories.definitions import definitions_put
from budgets.repositories.months import month_put
from budgets.services.snapshot import snapshot_of
from core import clock, outbox
from core.accounts.domain import User
from core.accounts.notice_channels import checked_channels
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import InvalidInput, NotFound, Refused
from core.events import event_put
from core.periods import Month, day_of
from core.retry import optimistic
from core.storage import Write, journey


def budget_set(user: User, draft: BudgetDraft) -> Budget:
    """Set the budget of a category for every month from now on, in place of the one before; 2 requests.

    Its amount is in the home currency; each of its thresholds notifies once a month. What the current month has reached
    without a notification gets one now, in one event; a higher amount forgets what is no longer reached.
    Setting the same again changes nothing.
    Raises InvalidInput by field; NotFound where the account is closed; StoreUnavailable.
    """
    with journey("budget_set"):
        budget = optimistic(lambda: _set_budget(user, draft.normal()))
    outbox.nudge(user.username)
    return budget


def budget_delete(user: User, category: str) -> Budget:
    """Delete the budget of a category and return it; setting it again undoes this, without a second notification.

    Expenses and totals stay. 2 requests. Raises NotFound, StoreUnavailable.
    """
    with journey("budget_delete"):
        return optimistic(lambda: _delete_budget(user.username, category))


def category_add(user: User, name: str, *, also: Sequence[Write] = ()) -> str:
    """Add an own category and return its name as it is stored; one that is there already stays. 2 requests.

    Raises InvalidInput; Refused `category_quota` beyond 50; NotFound where the account is closed; StoreUnavailable.
    """
    category = new_category(name)
    with journey("category_add"):
        return optimistic(lambda: _add_category(user.username, category, also))


def category_remove(user: User, name: str) -> None:
    """Remove an own category from the choices. Expenses of it keep it, and stay in its totals. 2 requests.

    Raises Refused `category_in_use` while it has a budget; NotFound, StoreUnavailable.
    """
    with journey("category_remove"):
        optimistic(lambda: _remove_category(user.username, name))


def alert_channels_set(user: User, channels: Collection[str]) -> tuple[str, ...]:
    """Have budgets notify by these channels from now on: in_app always, email if wanted; 2 requests.

    Returns them. Raises InvalidInput; NotFound where the account is closed; StoreUnavailable.
    """
    chosen = checked_channels(channels)
    with journey("alert_channels_set"):
        return optimistic(lambda: _set_channels(user.username, chosen))


def _set_budget(user: User, draft: BudgetDraft) -> Budget:
    now = clock.now()
    month = Month.of(day_of(user.zone, now))
    snapshot = snapshot_of(user.username, [month])
    budgets = snapshot.definitions.budgets
    draft.check(categories=tuple(dict.fromkeys((*snapshot.definitions.categories, *budgets))))
    before = budgets.get(draft.category)
    if before is not None and (before.amount, before.thresholds) == (draft.amount, draft.thresholds):
        return before
    definitions = snapshot.definitions.with_budget(Budget(draft.category, draft.amount, draft.thresholds, now, now))
    budget = definitions.budgets[draft.category]
    totals = snapshot.months[month]
    total = rejudged(totals.of(budget.category), budget)
    judgement = judge(budget, total)
    crossed: list[Write] = []
    if judgement.notifies:
        crossing = crossing_of(budget, total, judgement, month, user.home_currency)
        crossed = [event_put(events.threshold_crossed(user.username, crossing, definitions.channels))]
    after = totals.with_total(budget.category, marked(total, budget, judgement))
    after.check_size()
    commit(
        [
            definitions_put(definitions, now),
            month_put(after, now),
            open_check(user.username),
            *crossed,
        ]
    )
    return budget


def _delete_budget(username: str, category: str) -> Budget:
    snapshot = snapshot_of(username, ())
    budget = snapshot.definitions.budgets.get(category)
    if budget is None:
        raise NotFound("This budget")
    commit([definitions_put(snapshot.definitions.without_budget(category), clock.now())])
    return budget


def _add_category(username: str, category: str, also: Sequence[Write]) -> str:
    definitions = snapshot_of(username, ()).definitions
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
            f"You have {MOST_OWN_CATEGORIES} categories of your own, the maximum. Remove one first.",
        )
    added = replace(definitions, own_categories=(*definitions.own_categories, category))
    commit([definitions_put(added, clock.now()), open_check(username)], also)
    return category


def _remove_category(username: str, name: str) -> None:
    definitions = snapshot_of(username, ()).definitions
    if name not in definitions.own_categories:
        raise NotFound("This category of yours")
    if name in definitions.budgets:
        raise Refused("category_in_use", f"{name} has a budget. Delete the budget first, then the category.")
    left = tuple(category for category in definitions.own_categories if category != name)
    commit([definitions_put(replace(definitions, own_categories=left), clock.now())])


def _set_channels(username: str, channels: tuple[str, ...]) -> tuple[str, ...]:
    definitions = snapshot_of(username, ()).definitions
    if definitions.channels != channels:
        commit([definitions_put(replace(definitions, channels=channels), clock.now()), open_check(username)])
    return channels
