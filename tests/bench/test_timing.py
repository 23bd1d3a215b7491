"""Turns, medians and percentiles."""

import gc

import pytest

from bench.timing import percentile, taking_turns, timing


def test_a_timing_is_the_middle_the_least_and_what_19_of_20_did_not_exceed() -> None:
    found = timing([float(number) for number in range(100, 0, -1)])
    assert (found.median, found.least, found.p95) == (50.5, 1.0, 95.0)


@pytest.mark.parametrize(("percent", "value"), [(50, 20), (51, 30), (95, 40), (100, 40), (1, 10)])
def test_a_percentile_is_one_of_the_values(percent: int, value: int) -> None:
    assert percentile([40, 10, 30, 20], percent) == value


def test_nothing_cannot_be_spoken_of() -> None:
    with pytest.raises(ValueError, match="no durations"):
        timing([])
    with pytest.raises(ValueError, match="no values"):
        percentile([], 95)


def test_calls_take_turns_and_none_is_always_first() -> None:
    order: list[str] = []
    calls = {name: lambda number, name=name: order.append(f"{name}{number}") for name in ("a", "b", "c")}
    found = taking_turns(calls, rounds=2, warm_up=1)
    assert order == ["a0", "b0", "c0", "b1", "c1", "a1", "c2", "a2", "b2"]
    assert set(found) == {"a", "b", "c"}


def test_what_comes_before_a_call_is_told_whose_turn_it_is() -> None:
    told: list[tuple[str, int]] = []
    done: list[int] = []
    taking_turns({"a": done.append}, rounds=2, warm_up=1, before=lambda name, number: told.append((name, number)))
    assert told == [("a", 0), ("a", 1), ("a", 2)]
    assert done == [0, 1, 2]


def test_the_warm_up_is_not_counted() -> None:
    started: list[int] = []

    def slow_at_first(number: int) -> None:
        started.append(number)
        if number == 0:
            sum(range(3_000_000))

    found = taking_turns({"a": slow_at_first}, rounds=3, warm_up=1)["a"]
    everything = taking_turns({"a": slow_at_first}, rounds=3, warm_up=0)["a"]
    assert found.p95 < everything.p95
    assert started == [0, 1, 2, 3, 0, 1, 2]


def test_the_collector_rests_and_works_again_also_after_an_error() -> None:
    was_at_rest: list[bool] = []

    def fails(_: int) -> None:
        was_at_rest.append(not gc.isenabled())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        taking_turns({"a": fails}, rounds=1, warm_up=0)
    assert was_at_rest == [True]
    assert gc.isenabled()
