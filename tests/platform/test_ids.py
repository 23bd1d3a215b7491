"""Ids: of the site's own time, in strict order, and never the same twice."""

import os
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
import time_machine

from core import clock, ids

NEW_YEAR = datetime(2031, 1, 1, tzinfo=UTC)


def in_order(made: list[str]) -> bool:
    """Whether each sorts after the one before."""
    return all(one < other for one, other in pairwise(made))


def test_a_new_id_is_a_uuid_of_version_7_and_of_now() -> None:
    before = clock.from_milliseconds(clock.to_milliseconds(clock.now()))
    identifier = ids.new_id()
    parsed = UUID(identifier)
    assert (str(parsed), parsed.version, parsed.variant) == (identifier, 7, "specified in RFC 4122")
    assert before <= ids.id_time(identifier) <= clock.now()


def test_a_new_id_follows_the_clock_of_the_site_far_ahead_and_back() -> None:
    with clock.set_by(lambda: NEW_YEAR):
        assert ids.id_time(ids.new_id()) == NEW_YEAR
    for day in (NEW_YEAR + timedelta(days=400), NEW_YEAR - timedelta(days=4_000)):
        with time_machine.travel(day, tick=False):
            made = ids.new_id()
            assert ids.id_time(made) == day
            ids.check_fresh(made, "id")


def test_new_ids_of_one_moment_are_in_order() -> None:
    with time_machine.travel(NEW_YEAR, tick=False):
        made = [ids.new_id() for _ in range(20_000)]
    assert in_order(made)
    assert {ids.id_time(identifier) for identifier in made} == {NEW_YEAR}


def test_new_ids_stay_in_order_while_the_clock_is_corrected() -> None:
    seconds = (0, 0.5, 0.2, 0.2, 0.499, 0.5, 0.501, -9, 0.502)
    with time_machine.travel(NEW_YEAR, tick=False) as travelled:
        made = []
        for each in seconds:
            travelled.move_to(NEW_YEAR + timedelta(seconds=each))
            made.append(ids.new_id())
    assert in_order(made)


def test_threads_never_share_an_id() -> None:
    made: list[list[str]] = [[] for _ in range(4)]

    def make(mine: list[str]) -> None:
        mine += [ids.new_id() for _ in range(5_000)]

    threads = [threading.Thread(target=make, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(in_order(mine) for mine in made)
    assert len(set().union(*made)) == 20_000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork processes")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_forked_process_makes_other_ids() -> None:
    with time_machine.travel(NEW_YEAR, tick=False):
        ids.new_id()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writer, ids.new_id().encode())
            os._exit(0)
        os.waitpid(child, 0)
        theirs = os.read(reader, 36).decode()
        os.close(reader)
        os.close(writer)
        assert ids.id_time(theirs) == NEW_YEAR
        assert theirs != ids.new_id()


def test_a_derived_id_is_the_same_at_every_time() -> None:
    made = ids.derived_id(NEW_YEAR, "history", "one", "1")
    assert made == "01c03276-e000-75ee-abc5-7565669c8d59"
    assert made != ids.derived_id(NEW_YEAR, "history", "one1")
    assert (UUID(made).version, ids.id_time(made)) == (7, NEW_YEAR)
