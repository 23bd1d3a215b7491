"""Alerts on a store whose indexes lag some writes behind: each fires, and none twice."""

from __future__ import annotations

import pytest

from core import wiring
from core.accounts.domain import User
from core.storage import open_store, using
from tests.alerts.builders import an_alert, history_of, prices_move

ALICE = User("alice", "alice@example.com")


@pytest.mark.parametrize("index_lag", [0, 1, 10, 50])
def test_each_alert_fires_once(index_lag: int) -> None:
    lagging = open_store(f"memory://?index_lag={index_lag}")
    lagging.create_tables(wiring.tables())

    with using(lagging):
        for threshold in range(101, 113):
            an_alert(ALICE, ">", str(threshold))
        told = sum(prices_move(str(price)) for price in range(100, 115))
        lagging.catch_up()
        told += prices_move("114")

        assert told == 12
        assert len({entry.alert_id for entry in history_of(ALICE)}) == len(history_of(ALICE)) == 12
