"""Users of one shard take turns, and a dispatcher gives way when its time is over."""

import time

import pytest
from celery.signals import task_prerun
from pytest_django.fixtures import Settings

from core import nudges, outbox
from core.events import SHARDS, Event, shard_of
from core.outbox import dispatcher
from core.storage import measured
from core.tasks import outbox_dispatch
from tests.platform.events import Recorder, happen, only, two_of_one_shard


def test_who_has_one_event_is_not_kept_waiting_by_who_has_hundreds() -> None:
    busy, other = two_of_one_shard()
    happen(busy, *range(300))
    happen(other, 1000)
    recorder = Recorder()

    assert outbox.dispatch(shard_of(busy), only(recorder)) == 301

    assert recorder.numbers.index(1000) <= 1
    assert [number for number in recorder.numbers if number != 1000] == list(range(300))


def test_an_event_that_comes_while_another_has_hundreds_waits_for_one_pass_alone() -> None:
    busy, other = two_of_one_shard()
    happen(busy, *range(300))

    def write_one(event: Event) -> None:
        if event.payload["number"] == 5 and event.username == busy:
            happen(other, 1000)

    recorder = Recorder(write_one)
    assert outbox.dispatch(shard_of(busy), only(recorder)) == 301
    assert recorder.numbers.index(1000) <= dispatcher.MOST_OF_ONE_USER + 1


def test_a_pass_looks_at_so_many_events_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "LOOKED_AT", 20)
    busy, other = two_of_one_shard()
    happen(busy, *range(70))
    happen(other, 1000)
    recorder = Recorder()
    assert outbox.dispatch(shard_of(busy), only(recorder)) == 71
    assert sorted(recorder.numbers) == [*range(70), 1000]


def test_no_event_is_begun_when_the_time_is_over_and_the_next_dispatcher_goes_on() -> None:
    happen("alice", *range(10))
    shard, ends = shard_of("alice"), time.monotonic() + 1

    def take_all_the_time(event: Event) -> None:
        if event.payload["number"] == 3:
            time.sleep(max(ends - time.monotonic(), 0))

    recorder = Recorder(take_all_the_time)

    first = outbox.dispatch(shard, only(recorder), ends=ends)

    assert 1 <= first <= 4
    assert outbox.dispatch(shard, only(recorder), ends=time.monotonic()) == 0
    assert outbox.dispatch(shard, only(recorder)) == 10 - first
    assert recorder.numbers == list(range(10))


def test_a_sweep_whose_time_is_over_looks_at_no_shard() -> None:
    happen("alice", 1)
    with measured() as usage:
        assert outbox.sweep(ends=time.monotonic()) == 0
    assert usage.requests == 0


def test_no_shard_is_always_the_last() -> None:
    """So that a sweep whose time is always over early reaches each of them some time."""
    users = [next(f"user{n}" for n in range(1000) if shard_of(f"user{n}") == str(shard)) for shard in range(SHARDS)]
    firsts: set[str] = set()
    for _ in range(100):
        for user in users:
            happen(user, 1)
        recorder = Recorder()
        outbox.sweep(only(recorder))
        firsts.add(recorder.handled[0].username)
    assert len(firsts) > SHARDS / 2


def test_a_task_whose_time_is_over_asks_for_another(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.WORK_AT_ONCE = True
    happen("alice", *range(4))
    monkeypatch.setattr(nudges, "WORKED_AT_A_TIME", 0.0)
    begun: list[str] = []

    def note(args: list[str], **_signal: object) -> None:
        begun.append(args[0])
        if len(begun) == 3:
            monkeypatch.setattr(nudges, "WORKED_AT_A_TIME", 60.0)

    task_prerun.connect(note, sender=outbox_dispatch)
    try:
        outbox.nudge("alice")
    finally:
        task_prerun.disconnect(note, sender=outbox_dispatch)
    assert begun == [shard_of("alice")] * 3
    assert outbox.depth().waiting == 0
