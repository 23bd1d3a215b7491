"""A firing is judged once and its history entry built once; the way from the claim to the commit is short.

A step of the way is a function that another module calls: what a module does within itself is one step. Counted are
those of alerts, market.triggers and core. Not counted are the storage seam and the clock, properties and constructors
of values, and what a repository, the series or the presentation calls: a row or a text is where the way ends.
"""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from alerts.domain.alert import Alert
from alerts.domain.history import HistoryEntry
from core.accounts.domain import User
from core.storage import Store
from market.services import ticks_record
from market.triggers.engine import look
from tests.alerts.builders import BOTH, an_alert, history_of, prices_move
from tests.alerts.visits import Call, visits
from tests.builders import a_user
from tests.market.builders import a_tick, an_asset

MOST_STEPS = 10
CLAIM = "AlertSubscriber.claim"
ENDS = ("alerts.repositories", "alerts.presentation", "market.triggers.repository")
FLOORS = (
    "core",
    "market",
    "alerts.domain",
    "alerts.repositories",
    "alerts.channels",
    "alerts.presentation",
    "alerts.services",
    "alerts.subscriber",
)
"""From the lowest to the highest."""


@pytest.fixture
def alice(store: Store) -> User:
    """A user, of whose alerts one has fired, so that everything is imported that a firing needs."""
    user = a_user("alice")
    an_alert(user, ">", "101", channels=BOTH)
    assert prices_move("102", "100") == 1
    return user


def tick(price: str) -> None:
    """One more tick, with nobody looking yet."""
    at = an_asset().price_at
    assert at is not None
    ticks_record([a_tick(price, at + timedelta(seconds=1))])


def claimed(price: str) -> list[Call]:
    """What is called from the claim on, of the one look that takes in a price."""
    tick(price)
    with visits() as found:
        look("bitcoin")
    (start,) = (place for place, call in enumerate(found) if call.name == CLAIM)
    return found[start:]


def way(calls: Sequence[Call]) -> list[Call]:
    """The calls before the commit, without the seam's own."""
    commit = next(place for place, call in enumerate(calls) if call.name.endswith(".transact_write"))
    return [call for call in calls[:commit] if not call.module.startswith("core.storage")]


def floor(module: str) -> int:
    return next(place for place, name in enumerate(FLOORS) if module.startswith(name))


def test_the_way_from_the_claim_to_the_commit_is_short(alice: User) -> None:
    an_alert(alice, name="Mine", note="Sell", channels=BOTH)
    steps = {
        f"{call.module}.{call.name}"
        for call in way(claimed("111"))
        if call.callers[0] != call.module
        and not any(caller.startswith(ENDS) for caller in call.callers)
        and call.module != "core.clock"
        and not call.is_of_a_value
    }
    assert f"alerts.subscriber.{CLAIM}" in steps
    assert "alerts.domain.alert.Alert.fire" in steps
    assert len(steps) <= MOST_STEPS, "\n".join(sorted(steps))


def test_it_never_climbs_a_floor(alice: User) -> None:
    an_alert(alice, channels=BOTH)
    _, *inner = way(claimed("111"))
    assert {call.module for call in inner} > {"alerts.services.notifications", "alerts.domain.alert"}
    assert [call for call in inner if floor(call.module) > floor(call.callers[0])] == []


def test_a_firing_is_judged_once_and_its_entry_built_once(alice: User) -> None:
    """Of three firings in one claim, one of which is suppressed."""
    an_alert(alice, ">", "105", every=True, cooldown=3600)
    assert prices_move("106", "100") == 1
    an_alert(alice, ">", "110", channels=BOTH)
    an_alert(alice, ">", "111", every=True, cooldown=0)
    codes = [call.code for call in claimed("112")]
    assert [entry.notifies for entry in history_of(alice)].count(False) == 1
    assert codes.count(Alert._judge.__code__) == 3
    assert codes.count(HistoryEntry.__init__.__code__) == 3
