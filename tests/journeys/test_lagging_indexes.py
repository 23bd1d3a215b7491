"""Alerts on a store whose indexes lag some writes behind: each fires, and none twice."""

from __future__ import annotations

import pytest

from core.accounts.domain import User
from core.storage import using
from tests.alerts.builders import an_alert, history_of, prices_move
from tests.lagging import LaggingStore

ALICE = User("alice", "alice@example.com")


@pytest.mark.parametrize("writes_behind", [0, 1, 3, 10])
def test_each_alert_fires_once(writes_behind: int) -> None:
    lagging = LaggingStore(writes_behind)

    with using(lagging):
        for threshold in range(101, 113):
            an_alert(ALICE, ">", str(threshold))
        told = sum(prices_move(str(price)) for price in range(100, 115))
        lagging.catch_up()
        told += prices_move("114")

        assert told == 12
        assert len({entry.alert_id for entry in history_of(ALICE)}) == len(history_of(ALICE)) == 12
