"""A handler that fails is tried again, later and later; a poison event is put aside and can be replayed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from core import outbox
from core.events import Event, shard_of
from core.storage import Store, StoreUnavailable, Update
from core.tables import OUTBOX
from tests.platform.events import Recorder, fail, give_up, happen, only

SHARD = shard_of("alice")


@pytest.fixture(autouse=True)
def clock(store: Store) -> Iterator[time_machine.Traveller]:
    """Time that moves only when the test moves it."""
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_a_failed_event_is_not_tried_again_at_once(clock: time_machine.Traveller) -> None:
    happen("alice", 1)
    assert outbox.dispatch(SHARD, only(fail)) == 0

    recorder = Recorder()
    assert outbox.dispatch(SHARD, only(recorder)) == 0
    clock.shift(timedelta(seconds=3))
    assert outbox.dispatch(SHARD, only(recorder)) == 1
    assert recorder.numbers == [1]


def test_later_events_of_the_user_wait_for_the_failed_one(clock: time_machine.Traveller) -> None:
    happen("alice", 1, 2)
    outbox.dispatch(SHARD, only(fail))

    recorder = Recorder()
    outbox.dispatch(SHARD, only(recorder))
    assert recorder.numbers == []
    clock.shift(timedelta(seconds=3))
    outbox.dispatch(SHARD, only(recorder))
    assert recorder.numbers == [1, 2]


def test_a_store_that_is_out_for_long_is_no_failure_of_the_event(clock: time_machine.Traveller) -> None:
    def out_of_reach(event: Event) -> None:
        raise StoreUnavailable

    happen("alice", 1, 2)
    for _ in range(3 * outbox.MOST_FAILURES):
        assert outbox.dispatch(SHARD, only(out_of_reach)) == 0
        clock.shift(timedelta(seconds=6))

    recorder = Recorder()
    assert outbox.given_up() == []
    assert outbox.dispatch(SHARD, only(recorder)) == 2
    assert recorder.numbers == [1, 2]


@pytest.mark.every_backend
def test_after_eight_failures_the_event_moves_aside_and_the_user_goes_on(clock: time_machine.Traveller) -> None:
    poison = give_up("alice", clock)
    happen("alice", 2)
    recorder = Recorder()

    assert outbox.dispatch(SHARD, only(recorder)) == 1

    assert recorder.numbers == [2]
    [entry] = outbox.given_up()
    assert entry.event == poison
    assert entry.failures == outbox.MOST_FAILURES
    assert entry.last_error == "ValueError: no such thing"


@pytest.mark.every_backend
def test_a_row_that_cannot_be_read_is_put_aside_with_its_reason_and_the_others_go_on(
    clock: time_machine.Traveller, store: Store
) -> None:
    [first] = happen("alice", 1)
    happen("alice", 2)
    key = {"shard": SHARD, "event_id": first.event_id}
    store.update(OUTBOX, key, Update(set={"occurred_at": "yesterday"}))
    broken = store.get(OUTBOX, key)
    recorder = Recorder()

    assert outbox.dispatch(SHARD, only(recorder)) == 2

    assert recorder.numbers == [2]
    [entry] = outbox.given_up()
    assert entry.event.event_id == first.event_id
    assert "ValueError" in entry.last_error
    assert outbox.depth().waiting == 0
    assert outbox.replay(first.event_id)
    assert store.get(OUTBOX, key) == broken
    assert outbox.depth().waiting == 1


def test_the_first_handler_runs_again_when_the_second_fails(clock: time_machine.Traveller) -> None:
    happen("alice", 1)
    first = Recorder()
    outbox.dispatch(SHARD, only(first, fail))
    clock.shift(timedelta(seconds=3))
    outbox.dispatch(SHARD, only(first))
    assert first.numbers == [1, 1]


def test_a_replayed_event_is_handled_as_new(clock: time_machine.Traveller, store: Store) -> None:
    event = give_up("alice", clock)

    assert outbox.replay(event.event_id)

    item = store.get(OUTBOX, {"shard": SHARD, "event_id": event.event_id})
    assert item is not None
    assert item["failures"] == 0
    recorder = Recorder()
    assert outbox.dispatch(SHARD, only(recorder)) == 1
    assert recorder.handled == [event]
    assert outbox.given_up() == []


def test_replaying_what_was_never_given_up_says_so(clock: time_machine.Traveller) -> None:
    assert not outbox.replay("no-such-event")


def test_the_command_lists_and_replays(clock: time_machine.Traveller) -> None:
    event = give_up("alice", clock)
    listed = StringIO()
    call_command("outbox", stdout=listed)
    assert event.event_id in listed.getvalue()
    assert "ValueError: no such thing" in listed.getvalue()

    said = StringIO()
    call_command("outbox", "--replay", event.event_id, stdout=said)
    assert "1 event is back" in said.getvalue()
    assert outbox.given_up() == []


def test_the_command_replays_all(clock: time_machine.Traveller) -> None:
    give_up("alice", clock)
    said = StringIO()
    call_command("outbox", "--replay-all", stdout=said)
    assert "1 event is back" in said.getvalue()


def test_the_command_names_an_event_that_is_not_there(clock: time_machine.Traveller) -> None:
    with pytest.raises(CommandError, match="no-such-event"):
        call_command("outbox", "--replay", "no-such-event")


def test_the_command_says_when_nothing_was_given_up(clock: time_machine.Traveller) -> None:
    said = StringIO()
    call_command("outbox", stdout=said)
    assert said.getvalue().startswith("No event")
