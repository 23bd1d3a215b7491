"""Turns are fair: a few at once, the others wait, and who used much lately leaves room for others."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core.sandbox import gate
from core.sandbox.gate import MOST_WAITING, MOST_WAITING_OF_ONE, Full, Gate

LONG = 30.0
NOT_AT_ALL = 0.0


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time that uses are counted by."""
    by_hand = Clock()
    monkeypatch.setattr(gate, "time", by_hand)
    return by_hand


def is_let_in(turns: Gate, whose: str) -> bool:
    """Whether there is a place at once."""
    try:
        with turns.turn(whose, NOT_AT_ALL):
            return True
    except Full:
        return False


@contextmanager
def waiting(turns: Gate, *names: str, order: list[str]) -> Iterator[None]:
    """These people wait, one behind the other, for a single place that somebody has; after the block they get it."""

    def wait(name: str) -> None:
        with turns.turn(name, LONG):
            order.append(name)

    threads = [threading.Thread(target=wait, args=[name]) for name in names]
    with turns.turn("somebody", LONG):
        for number, thread in enumerate(threads, 1):
            thread.start()
            while len(turns._waiting) < number:
                time.sleep(0.001)
        yield
    for thread in threads:
        thread.join()


def test_so_many_are_in_at_once_and_no_more() -> None:
    turns = Gate(2, heavy=LONG)
    with turns.turn("alice", LONG):
        assert is_let_in(turns, "bob")
        with turns.turn("bob", LONG):
            assert not is_let_in(turns, "carol")
        assert is_let_in(turns, "carol")


def test_one_person_never_takes_the_last_place_besides_their_own() -> None:
    turns = Gate(2, heavy=LONG)
    with turns.turn("alice", LONG):
        assert not is_let_in(turns, "alice")
        assert is_let_in(turns, "bob")
    alone = Gate(1, heavy=LONG)
    assert is_let_in(alone, "alice")


def test_who_used_much_lately_leaves_the_last_place_to_others(clock: Clock) -> None:
    turns = Gate(2, heavy=3)
    for name in ("mallory", "trudy"):
        with turns.turn(name, LONG):
            clock.now += 6
    with turns.turn("mallory", LONG):
        assert not is_let_in(turns, "trudy")
        assert is_let_in(turns, "bob")
    clock.now += 600
    with turns.turn("mallory", LONG):
        assert is_let_in(turns, "trudy")


def test_who_used_the_least_comes_first(clock: Clock) -> None:
    turns = Gate(1, heavy=LONG)
    for name, seconds in (("mallory", 6), ("alice", 2)):
        with turns.turn(name, LONG):
            clock.now += seconds
    order: list[str] = []
    with waiting(turns, "mallory", "alice", "bob", order=order):
        assert order == []
    assert order == ["bob", "alice", "mallory"]


def test_the_queue_has_an_end_for_one_person_and_for_all() -> None:
    turns = Gate(1, heavy=LONG)
    order: list[str] = []
    others = [f"user{number}" for number in range(MOST_WAITING - MOST_WAITING_OF_ONE)]
    with waiting(turns, *["alice"] * MOST_WAITING_OF_ONE, *others, order=order):
        for name in ("alice", "bob"):
            with pytest.raises(Full), turns.turn(name, LONG):
                pass
    assert len(order) == MOST_WAITING
    assert is_let_in(turns, "bob")


def test_what_was_used_is_forgotten(clock: Clock) -> None:
    turns = Gate(1, heavy=LONG)
    for number in range(50):
        with turns.turn(f"user{number}", LONG):
            clock.now += 1
    clock.now += 3600
    with turns.turn("bob", LONG):
        clock.now += 1
    assert set(turns._used) == {"bob"}
