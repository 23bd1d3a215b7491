"""The schedule of one process: no task waits for another, and one that fails is run again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from core import ids
from core.metrics import REGISTRY
from cryptopulse.celery import app, run_here
from cryptopulse.schedule import Schedule
from tests.waiting import wait_until


@contextmanager
def scheduled(**tasks: Callable[[], object]) -> Iterator[Schedule]:
    """A schedule of these tasks, one run in a fiftieth of a second each."""
    schedule = Schedule({name: {"task": name, "schedule": 0.02} for name in tasks}, lambda name: void(tasks[name]()))
    schedule.start()
    try:
        yield schedule
    finally:
        schedule.stop()


def void(_result: object) -> None:
    """What a task returns is nobody's."""


class Work:
    """A task that counts its runs."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self) -> None:
        self.runs += 1


def test_a_task_that_takes_long_holds_up_no_other() -> None:
    go_on, quick = threading.Event(), Work()
    with scheduled(slow=lambda: go_on.wait(30), quick=quick):
        wait_until(lambda: quick.runs > 5)
        go_on.set()


def test_it_is_not_begun_again_while_it_is_under_way() -> None:
    go_on, slow, quick = threading.Event(), Work(), Work()

    def take_long() -> None:
        slow()
        go_on.wait(30)

    with scheduled(slow=take_long, quick=quick):
        wait_until(lambda: quick.runs > 20)
        assert slow.runs == 1
        go_on.set()
        wait_until(lambda: slow.runs > 1)


def test_a_run_is_counted_and_one_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    name = f"tests.{ids.new_id()}"
    broken = threading.Event()

    def work() -> None:
        if broken.is_set():
            raise ValueError("it does not work")

    app.task(name=name)(work)
    run_here(name)
    broken.set()
    run_here(name)
    app.tasks.unregister(name)
    for outcome in ("success", "failure"):
        assert REGISTRY.get_sample_value("cryptopulse_tasks_total", {"task": name, "outcome": outcome}) == 1
    assert [record.exc_text is not None or record.exc_info is not None for record in caplog.records] == [True]


def test_stopping_begins_nothing_and_waits_for_what_is_under_way() -> None:
    begun, ended = threading.Event(), threading.Event()

    def take_a_while() -> None:
        begun.set()
        threading.Event().wait(0.3)
        ended.set()

    with scheduled(slow=take_a_while) as schedule:
        assert begun.wait(30)
        schedule.stop()
        assert ended.is_set()
        ended.clear()
        threading.Event().wait(0.3)
        assert not ended.is_set()
