"""The site as `make run` starts it, on live prices, whose services are stand-ins on this machine."""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from core import clock
from tests import servers
from tests.market.stub import binance, coingecko
from tests.platform.many import BEAT, WEB, WORKER, many_processes
from tests.platform.processes import Site, running
from tests.platform.units import command
from tests.ports import free_port
from tests.waiting import PATIENCE, wait_until


def price_of(site: Site, asset_id: str, source: str = "") -> dict[str, Any]:
    """The asset's price, once there is one, and from this source where one is named."""

    def found() -> dict[str, Any]:
        _, prices = site.get(f"/api/v1/prices/?assets={asset_id}")
        item: dict[str, Any] = prices["items"][0]
        return item

    wait_until(lambda: found()["price"] is not None and source in found()["source"], f"{asset_id} has a price")
    return found()


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
            bitcoin = price_of(site, "bitcoin", "binance:usdt")
            _, apple = site.get("/api/v1/prices/?assets=AAPL")
            site.stop()

    assert (tether["price"], tether["source"]) == ("1.0003", "coingecko")
    assert tether["at"] == clock.to_text(clock.from_milliseconds(rest.at * 1_000))
    assert bitcoin["price"] == "67005.5"
    assert bitcoin["at"] == clock.to_text(clock.from_milliseconds(second * 1_000 + 999))
    assert apple["items"][0]["price"] is None
    assert len(stream.paths) == 1
    assert len(rest.asked()) == 1


@contextmanager
def trading(stream: binance.Binance) -> Iterator[None]:
    """One bitcoin is traded in every second while the body runs; its price is the second, so that each is known."""
    ended = threading.Event()

    def trade() -> None:
        number = int(time.time())
        while not ended.wait(max(number + 1 - time.time(), 0)):
            stream.say(binance.kline("BTCUSDT", number, str(60_000 + number % 1_000), volume="1"))
            number += 1

    thread = threading.Thread(target=trade)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def seconds_priced(site: Site) -> list[tuple[int, int]]:
    """Of each tick of Binance's, oldest first: its second, and how many seconds of trades it holds."""
    _, ticks = site.get("/api/v1/assets/bitcoin/ticks/?limit=100")
    found = [
        (clock.to_seconds(clock.from_text(tick["at"])), int(tick["volume"]))
        for tick in ticks["items"]
        if tick["source"] == "binance:usdt"
    ]
    return sorted(found)


@pytest.mark.services
def test_of_two_workers_one_may_be_killed_and_no_second_is_lost_or_priced_twice(tmp_path: Path) -> None:
    with (
        servers.redis() as redis_url,
        coingecko.serving() as rest,
        binance.serving() as stream,
        trading(stream),
        many_processes(
            tmp_path,
            redis_url,
            WEB,
            WORKER,
            BEAT,
            MARKET_POLL_SECONDS="1",
            MARKET_FEED="binance,coingecko",
            COINGECKO_URL=rest.url,
            COINGECKO_SECONDS="3600",
            BINANCE_URL=stream.url,
            BINANCE_REST_URL=stream.rest_url,
        ) as many,
        (tmp_path / "log").open("a") as log,
        subprocess.Popen(
            command(WORKER, str(free_port())),
            env={**many.env, "WORKER_METRICS_PORT": str(free_port())},
            stdout=log,
            stderr=log,
        ) as second_worker,
    ):
        try:
            site = many.site
            wait_until(lambda: len(stream.open) == 2)
            wait_until(lambda: len(seconds_priced(site)) >= 5)
            many.kill(WORKER)
            killed_at = int(time.time())
            wait_until(lambda: seconds_priced(site)[-1][0] > killed_at + 5)
            priced = seconds_priced(site)
        finally:
            second_worker.terminate()
            assert second_worker.wait(PATIENCE) == 0

    gaps = [(earlier, later) for earlier, later in pairwise(priced) if later[0] - earlier[0] != later[1]]
    assert gaps == []
    assert len(rest.asked()) == 1
