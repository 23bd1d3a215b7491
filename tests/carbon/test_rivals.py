"""A rival between any two calls of the store, or an answer that is lost: what is stored in the end is true."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from pytest_django.fixtures import Settings

from carbon import services
from carbon.domain.entry import Entry
from core import clock
from core.accounts.domain import User
from core.errors import NotFound
from core.ids import new_id
from core.storage import Store, StoreUnavailable, using
from tests.alerts.disturbances import Disturbed
from tests.carbon.builders import (
    a_draft,
    added,
    an_estimate,
    check_adds_up,
    days_ago,
    entries_of,
    estimated,
    reached,
    reached_by_recount,
    unestimated,
)
from tests.portfolio.outages import FailingOnce, Moment

CALLS = range(1, 15)
"""More than a judgement makes, those before and after each call counted alike."""


@contextmanager
def a_rival(store: Store, at: int, work: Callable[[], object]) -> Iterator[None]:
    """Within it, the work is done once, when the store has been come to for this time, before a call or after it."""
    left = at

    def happen() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            work()

    with using(Disturbed(store, happen)):
        yield


@pytest.mark.parametrize("at", CALLS)
def test_a_judgement_that_is_overtaken_does_not_overwrite_the_newer_one(store: Store, alice: User, at: int) -> None:
    entry = added(alice)

    def take_away_and_judge() -> None:
        services.entry_delete(alice, entry.entry_id)
        services.achievements_refresh("alice")

    with a_rival(store, at, take_away_and_judge):
        services.achievements_refresh("alice")
    assert reached(alice) == reached_by_recount(alice)


@pytest.mark.parametrize("at", CALLS)
def test_a_judgement_of_nothing_new_yields_to_one_that_is_behind(store: Store, alice: User, at: int) -> None:
    entry = added(alice)
    trashed = services.entry_delete(alice, entry.entry_id)

    def bring_back_and_judge() -> None:
        services.entry_restore(alice, trashed)
        services.achievements_refresh("alice")

    with a_rival(store, at, bring_back_and_judge):
        services.achievements_refresh("alice")
    assert reached(alice) == reached_by_recount(alice)


@pytest.mark.parametrize("at", range(1, 9))
@pytest.mark.parametrize("rival", ["same entry", "same day", "gone"])
def test_a_change_that_is_overtaken_starts_over(store: Store, alice: User, at: int, rival: str) -> None:
    entry = added(alice, on=days_ago(1))
    rivals: dict[str, Callable[[], object]] = {
        "same entry": lambda: services.entry_change(alice, entry.entry_id, a_draft(amount="5", on=days_ago(40))),
        "same day": lambda: added(alice, on=days_ago(1)),
        "gone": lambda: services.entry_delete(alice, entry.entry_id),
    }
    with a_rival(store, at, rivals[rival]):
        try:
            services.entry_change(alice, entry.entry_id, a_draft("apples", "2", "kg", on=days_ago(2)))
        except NotFound:
            assert rival == "gone"
    check_adds_up(alice)


@pytest.mark.parametrize("at", range(1, 9))
def test_measuring_and_estimating_at_once_count_once(store: Store, alice: User, at: int) -> None:
    expense_id = new_id()
    with a_rival(store, at, lambda: services.expense_measure(alice, expense_id, a_draft(on=days_ago(1)))):
        estimated("alice", an_estimate(expense_id, days_ago(1)))
    services.expense_measure(alice, expense_id, a_draft(on=days_ago(1)))
    (entry,) = entries_of(alice)
    assert not entry.is_estimate
    check_adds_up(alice)


@pytest.mark.parametrize("at", range(1, 9))
def test_an_estimate_that_went_and_came_back_meanwhile_is_another_one(store: Store, alice: User, at: int) -> None:
    expense_id, day = new_id(), days_ago(1)
    with time_machine.travel(clock.now() - timedelta(minutes=1)):
        estimated("alice", an_estimate(expense_id, day))

    def go_and_come_back() -> None:
        unestimated("alice", expense_id)
        estimated("alice", an_estimate(expense_id, day, kg="7"))

    with a_rival(store, at, go_and_come_back):
        estimated("alice", replace(an_estimate(expense_id, day), description="Named otherwise"))
    check_adds_up(alice)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_entry_whose_answer_was_lost_is_added_once_by_the_same_request(
    store: Store, alice: User, moment: Moment
) -> None:
    entry_id, draft = new_id(), a_draft()

    def add() -> Entry:
        return services.entry_add(alice, entry_id=entry_id, draft=draft)

    with using(FailingOnce(store, moment)), pytest.raises(StoreUnavailable):
        add()
    assert len(entries_of(alice)) == (0 if moment == "before" else 1)
    entry = add()
    assert entries_of(alice) == [entry]
    check_adds_up(alice)


def test_when_others_are_always_faster_nothing_is_written(store: Store, alice: User, settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = 0
    draft = a_draft(on=days_ago(1))
    before = len(entries_of(alice))

    def always() -> None:
        added(alice, on=days_ago(1))

    with using(Disturbed(store, always)), pytest.raises(StoreUnavailable, match="nothing was written"):
        services.entry_add(alice, entry_id=new_id(), draft=draft)
    assert len(entries_of(alice)) > before
    check_adds_up(alice)
