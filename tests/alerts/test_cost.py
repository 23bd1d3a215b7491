"""What a price move costs: it follows what fires, not what is armed."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine

from alerts.domain.conditions import PriceType
from alerts.services import alert_pause
from core import clock
from core.accounts.domain import User
from core.storage import measured
from market.services import ticks_record
from market.triggers.crossing import Operator
from market.triggers.engine import look
from market.triggers.series import INDEX_LAG
from tests.alerts.builders import an_alert
from tests.market.builders import a_bar, a_tick, an_asset

pytestmark = pytest.mark.usefixtures("alice")

ALICE = User("alice", "alice@example.com")
MINUTE = timedelta(minutes=1)
FAR_ABOVE, FAR_BELOW = "100000", "0.00001"


def requests_of_a_move(price: str) -> int:
    at = an_asset().price_at
    assert at is not None
    ticks_record([a_tick(price, at + timedelta(milliseconds=1))])
    with measured() as usage:
        done = look("bitcoin")
    assert (done.moves, done.fired, done.is_busy) == (1, 0, False)
    return usage.requests


def test_a_move_costs_three_requests_with_nothing_armed() -> None:
    an_asset(price="100")
    look("bitcoin")
    assert requests_of_a_move("101") == 3


def test_a_move_costs_at_most_seven_with_alerts_of_every_kind_armed() -> None:
    everything_armed()
    assert requests_of_a_move("101") == 5
    assert requests_of_a_move("99") == 7
    assert requests_of_a_move("100") == 7


def test_no_look_costs_more_than_seven_while_minutes_close_with_everything_armed() -> None:
    everything_armed()
    at = an_asset().price_at
    assert at is not None
    later = (at + number * MINUTE for number in range(1, 8))
    ticks_record([a_bar("100", "104", "96", "101", each, seconds=20, source="replay:test") for each in later])
    costs = []
    has_more = True
    while has_more:
        with measured() as usage:
            has_more = look("bitcoin").has_more
        costs.append(usage.requests)
    assert len(costs) > 1
    assert max(costs) <= 7


@pytest.mark.parametrize(
    ("operator", "threshold", "price_type", "up", "down"),
    [
        (">", FAR_ABOVE, "close", 4, 3),
        ("<", FAR_BELOW, "close", 3, 4),
        (">", FAR_ABOVE, "high", 4, 3),
        ("<", FAR_BELOW, "low", 3, 4),
    ],
)
def test_only_what_is_armed_the_way_the_price_goes_is_asked_for(
    operator: str, threshold: str, price_type: str, up: int, down: int
) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        an_alert(ALICE, operator, threshold, price_type)
        assert requests_of_a_move("101") == up
        traveller.shift(INDEX_LAG)
        look("bitcoin")
        assert requests_of_a_move("99") == down


def test_the_cost_is_the_same_with_a_hundred_alerts_out_of_reach() -> None:
    for number in range(100):
        an_alert(ALICE, ">", str(1000 + number))
    assert requests_of_a_move("101") == 4


def test_pausing_the_last_alert_makes_moves_cheap_again() -> None:
    alert = an_alert(ALICE, ">", FAR_ABOVE)
    alert_pause(ALICE, alert.alert_id)
    assert requests_of_a_move("101") == 3


def everything_armed() -> None:
    """An alert of each price type and operator, none of them near."""
    for price_type, operator in product(PriceType, Operator):
        an_alert(ALICE, operator, FAR_ABOVE if ">" in operator else FAR_BELOW, price_type)
