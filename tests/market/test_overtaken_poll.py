"""Two polls at once on a slow machine: the one that is overtaken is not a fault of the feed, and logs no warning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import time_machine

from market.domain import Asset, Tick
from market.feeds.simulated import SimulatedFeed
from market.selectors import asset_get
from market.services import prices_poll
from tests.market.builders import START, an_asset


@dataclass(frozen=True, slots=True)
class SlowFeed(SimulatedFeed):
    """A simulated market that takes three seconds to answer, in which another poll begins and ends."""

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        ticks = SimulatedFeed.ticks(self, assets, now)
        with time_machine.travel(now + timedelta(seconds=3), tick=False):
            prices_poll(SimulatedFeed())
        return ticks


def test_an_overtaken_poll_changes_nothing_and_warns_of_nothing(caplog: pytest.LogCaptureFixture) -> None:
    an_asset("bitcoin")
    with time_machine.travel(START, tick=False):
        result = prices_poll(SlowFeed())

    assert (result.accepted, result.refused) == (0, {})
    asset = asset_get("bitcoin")
    assert asset.price_at == START + timedelta(seconds=3)
    assert asset.memory.refused == {}
    assert [record for record in caplog.records if record.levelname == "WARNING"] == []
