"""Events are handled in order, at least once, and never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event as Signal

import pytest
import time_machine

from core import outbox
from core.events import SHARDS, Event, shard_of
from core.outbox.dispatcher import MOST_OF_ONE_USER
from core.outbox.lease import Lease
from core.storage import measured
from tests.platform.events import Killed, Recorder, happen, only, two_of_one_shard
from tests.waiting import PATIENCE

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.every_backend
def test_events_of_a_user_are_handled_in_order_and_once() -> None:
    happen("alice", 1, 2, 3)
    recorder = Recorder()

    assert outbox.dispatch(shard_of("alice"), only(recorder)) == 3
    assert outbox.dispatch(shard_of("alice"), only(recorder)) == 0

    assert recorder.numbers == [1, 2, 3]


def test_a_sweep_handles_the_events_of_every_shard() -> None:
    users = [f"user{number}" for number in range(40)]
    for user in users:
        happen(user, 1)
    recorder = Recorder()

    assert outbox.sweep(only(recorder)) == 40

    assert sorted(event.username for event in recorder.handled) == sorted(users)
    assert {shard_of(user) for user in users} == {str(shard) for shard in range(SHARDS)}


def test_a_sweep_of_nothing_costs_one_query_per_shard() -> None:
    with measured() as usage:
        assert outbox.sweep() == 0
    assert usage.requests == SHARDS


@pytest.mark.every_backend
def test_a_crash_between_handler_and_delete_repeats_the_event() -> None:
    happen("alice", 1, 2)
    seen = Recorder()

    def die(event: Event) -> None:
        raise Killed

    with time_machine.travel(NOON, tick=False) as clock:
        with pytest.raises(Killed):
            outbox.dispatch(shard_of("alice"), only(seen, die))
        clock.shift(timedelta(minutes=1))
        assert outbox.dispatch(shard_of("alice"), only(seen)) == 2

    assert seen.numbers == [1, 1, 2]
    assert seen.handled[0].event_id == seen.handled[1].event_id


@pytest.mark.every_backend
def test_a_killed_dispatcher_keeps_its_shard_for_the_lease_and_no_longer() -> None:
    happen("alice", 1)
    shard = shard_of("alice")
    with time_machine.travel(NOON, tick=False) as clock:
        assert Lease(shard).take()
        recorder = Recorder()
        clock.shift(timedelta(seconds=29))
        assert outbox.dispatch(shard, only(recorder)) == 0
        clock.shift(timedelta(seconds=2))
        assert outbox.dispatch(shard, only(recorder)) == 1
    assert recorder.numbers == [1]


def test_of_two_dispatchers_one_works_the_shard() -> None:
    happen("alice", *range(20))
    at_work, go_on = Signal(), Signal()

    def wait(event: Event) -> None:
        at_work.set()
        assert go_on.wait(PATIENCE)

    slow, quick = Recorder(wait), Recorder()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(outbox.dispatch, shard_of("alice"), only(slow))
        assert at_work.wait(PATIENCE)
        assert outbox.dispatch(shard_of("alice"), only(quick)) == 0
        go_on.set()
        assert first.result(10) == 20

    assert slow.numbers == list(range(20))
    assert quick.numbers == []


def test_a_dispatcher_that_lost_its_lease_stops() -> None:
    happen("alice", 1, 2, 3)
    shard = shard_of("alice")
    with time_machine.travel(NOON, tick=False) as clock:

        def oversleep(event: Event) -> None:
            clock.shift(timedelta(seconds=31))
            assert Lease(shard).take()

        recorder = Recorder(oversleep)
        assert outbox.dispatch(shard, only(recorder)) == 1
        assert outbox.dispatch(shard, only(recorder)) == 0
    assert recorder.numbers == [1]


def test_an_event_written_meanwhile_under_an_earlier_id_is_found() -> None:
    """No high-water mark: clocks differ, so a later event may carry an earlier id."""
    with time_machine.travel(NOON, tick=False):
        [late] = happen("alice", 2)

    def write_an_earlier_one(event: Event) -> None:
        if event.event_id == late.event_id:
            with time_machine.travel(NOON - timedelta(seconds=5), tick=False):
                happen("alice", 1)

    recorder = Recorder(write_an_earlier_one)
    assert outbox.dispatch(shard_of("alice"), only(recorder)) == 2
    assert recorder.numbers == [2, 1]


def test_a_backlog_longer_than_a_pass_is_worked_through() -> None:
    happen("alice", *range(MOST_OF_ONE_USER + 10))
    recorder = Recorder()

    outbox.dispatch(shard_of("alice"), only(recorder))

    assert recorder.numbers == list(range(MOST_OF_ONE_USER + 10))


def test_another_user_of_the_shard_does_not_wait_for_a_failing_one() -> None:
    failing, other = two_of_one_shard()
    happen(failing, 1, 2)
    happen(other, 3)

    def fail(event: Event) -> None:
        if event.username == failing:
            raise ValueError("the handler does not like this one")

    recorder = Recorder(fail)
    assert outbox.dispatch(shard_of(other), only(recorder)) == 1
    assert recorder.numbers == [3]
