"""The site as `make run` starts it, on live prices, whose services are stand-ins on this machine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from core import clock
from tests.market.stub import binance, coingecko
from tests.platform.processes import PATIENCE, Site, running


def price_of(site: Site, asset_id: str) -> dict[str, Any]:
    """The asset's price, once there is one."""
    deadline = time.monotonic() + PATIENCE
    while True:
        _, prices = site.get(f"/api/v1/prices/?assets={asset_id}")
        found: dict[str, Any] = prices["items"][0]
        if found["price"] is not None:
            return found
        assert time.monotonic() < deadline, f"no price of {asset_id}"
        time.sleep(0.2)


def test_prices_are_shown_with_their_own_times_and_sources(tmp_path: Path) -> None:
    with coingecko.serving() as rest, binance.serving() as stream:
        rest.at -= 33
        second = int(time.time()) - 10
        stream.greeting = [binance.kline("BTCUSDT", second, ("67000", "67010", "66990", "67005.5"))]
        options = {
            "MARKET_FEED": "binance,coingecko",
            "COINGECKO_URL": rest.url,
            "BINANCE_URL": stream.url,
            "BINANCE_REST_URL": stream.rest_url,
        }
        with running(tmp_path, **options) as site:
            tether = price_of(site, "tether")
            deadline = time.monotonic() + PATIENCE
            while (bitcoin := price_of(site, "bitcoin"))["source"] != "binance:usdt":
                assert time.monotonic() < deadline, f"bitcoin is {bitcoin}"
                time.sleep(0.2)
            _, apple = site.get("/api/v1/prices/?assets=AAPL")
            site.stop()

    assert (tether["price"], tether["source"]) == ("1.0003", "coingecko")
    assert tether["at"] == clock.to_text(clock.from_milliseconds(rest.at * 1_000))
    assert bitcoin["price"] == "67005.5"
    assert bitcoin["at"] == clock.to_text(clock.from_milliseconds(second * 1_000 + 999))
    assert apple["items"][0]["price"] is None
    assert len(stream.paths) == 1
    assert len(rest.asked()) == 1
