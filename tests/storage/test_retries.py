"""Tries end with their budget."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from core.retry import LostRace, optimistic
from core.storage import ConditionFailed, StoreUnavailable, Throttled, TransactionConflict
from core.storage.retries import with_retries


def failing(times: int, error: Exception) -> tuple[Callable[[], str], list[int]]:
    """Work that fails that many times, and the list that it notes its calls in."""
    calls: list[int] = []

    def work() -> str:
        calls.append(1)
        if len(calls) <= times:
            raise error
        return "done"

    return work, calls


@pytest.mark.parametrize("error", [Throttled(), TransactionConflict(), StoreUnavailable()], ids=repr)
def test_what_may_pass_is_tried_until_it_works(error: StoreUnavailable) -> None:
    work, calls = failing(3, error)
    retried: list[int] = []

    assert with_retries(work, on_retry=lambda: retried.append(1)) == "done"
    assert (len(calls), len(retried)) == (4, 3)


@pytest.mark.parametrize("error", [ConditionFailed("taken"), StoreUnavailable(repeatable=False)], ids=repr)
def test_what_cannot_or_must_not_be_repeated_is_not(error: Exception) -> None:
    work, calls = failing(1, error)

    with pytest.raises(type(error)):
        with_retries(work)

    assert len(calls) == 1


def test_the_budget_ends_in_the_error_itself(settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = 0.3
    work, calls = failing(10**9, TransactionConflict())

    with pytest.raises(TransactionConflict):
        with_retries(work)

    assert len(calls) > 1


def test_an_answer_lost_once_leaves_the_outcome_unknown_whatever_ends_the_tries(settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = 0.3
    errors = iter([StoreUnavailable(outcome_unknown=True)])

    def work() -> None:
        raise next(errors, None) or Throttled()

    with pytest.raises(Throttled) as caught:
        with_retries(work)

    assert caught.value.outcome_unknown


def test_without_a_budget_there_is_one_try(settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = 0
    work, calls = failing(10**9, Throttled())

    with pytest.raises(Throttled):
        with_retries(work)

    assert len(calls) == 1


def test_optimistic_work_starts_over_when_the_race_was_lost() -> None:
    work, calls = failing(3, LostRace())

    assert optimistic(work) == "done"
    assert len(calls) == 4


def test_optimistic_work_that_always_loses_ends_in_unavailable(settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = 0.3
    work, calls = failing(10**9, LostRace())

    with pytest.raises(StoreUnavailable):
        optimistic(work)

    assert len(calls) > 1


def test_other_errors_leave_optimistic_work_at_once() -> None:
    work, calls = failing(1, ConditionFailed("taken"))

    with pytest.raises(ConditionFailed):
        optimistic(work)

    assert len(calls) == 1
