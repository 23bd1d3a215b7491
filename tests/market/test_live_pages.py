"""A site on live prices: their feeds, assets that no feed prices, and alerts on highs between two polls."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from core import clock
from cryptopulse import health
from market.feeds import FeedChain
from market.feeds.binance import BinanceFeed
from market.selectors import asset_get
from market.services import prices_poll, ticks_record
from market.triggers.engine import catch_up
from portfolio.selectors import orders_newest
from tests.alerts.builders import an_alert, history_of
from tests.builders import a_user, signed_in
from tests.market.builders import a_tick, the_catalogue
from tests.market.pages import page
from tests.market.stub import binance
from tests.portfolio.pages import hidden_fields


@pytest.fixture(autouse=True)
def live(settings: LazySettings) -> Iterator[None]:
    """CoinGecko has a price of Bitcoin, and of no other asset yet."""
    cache.clear()
    settings.MARKET_FEED = ["coingecko"]
    the_catalogue()
    ticks_record([a_tick("67000", clock.now() - timedelta(seconds=40), source="coingecko")])
    yield
    cache.clear()


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


class TestTheFeedOfThePrices:
    """The line at the top of every page."""

    @pytest.mark.parametrize("path", ["/", "/markets/", "/portfolio/", "/alerts/"])
    def test_is_named_with_a_link(self, path: str) -> None:
        frame = page(signed_in(a_user()).get(path))

        links = [link for link in frame.every("a") if link.text == "CoinGecko"]
        assert [link.attributes["href"] for link in links] == ["https://www.coingecko.com"]
        assert frame.one("p", id="feed").text.startswith("Live prices · ")

    def test_several_are_all_named(self, settings: LazySettings) -> None:
        settings.MARKET_FEED = ["binance", "coingecko", "simulated"]

        feed = page(Client().get("/markets/")).one("p", id="feed")

        assert [link.text for link in feed.every("a")] == ["Binance, in USDT", "CoinGecko"]
        assert feed.text.startswith("Live prices, the rest simulated · ")

    def test_beside_a_price_is_its_own_source(self) -> None:
        assert re.search(r"Price in US dollars 67,000\.00 .* · CoinGecko ", text_of(Client(), "/markets/bitcoin/"))
        ticks_record([a_tick("67001", clock.now(), source="binance:usdt")])
        shown = text_of(Client(), "/markets/bitcoin/")
        assert re.search(r"Price in USDT, which is near the US dollar 67,001\.00 .* · Binance, in USDT ", shown)


class TestWhatNoFeedPrices:
    """Shares, which live feeds do not cover."""

    def test_says_so_in_the_list_and_on_its_page(self) -> None:
        rows = [row.text for row in page(Client().get("/markets/")).one("tbody").every("tr")]
        assert [text.split()[2] for text in rows if "no feed" in text] == ["Apple", "Microsoft", "SPDR"]
        prices = [page(Client().get(f"/markets/{name}/")).one("div", id="asset-price") for name in ("AAPL", "cosmos")]
        assert ["No feed" in price.text for price in prices] == [True, False]

    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/markets/movers/",
            "/markets/?sort=price",
            "/markets/?sort=-cap",
            "/markets/AAPL/?interval=1d",
            "/portfolio/",
            "/portfolio/trade/?asset=AAPL&side=buy",
            "/portfolio/trade/?asset=AAPL&side=buy&by=quantity&size=1",
            "/portfolio/transactions/add/?asset=AAPL",
            "/alerts/add/?asset=AAPL",
            "/help/",
        ],
    )
    def test_breaks_no_page(self, path: str) -> None:
        assert text_of(signed_in(a_user()), path)

    def test_breaks_no_answer_of_the_api(self) -> None:
        answer = Client().get("/api/v1/prices/?assets=AAPL,bitcoin").json()

        prices = {item["asset_id"]: (item["price"], item["source"], item["stale"]) for item in answer["items"]}
        assert prices == {"AAPL": (None, "", True), "bitcoin": ("67000", "coingecko", False)}

    def test_cannot_be_bought(self) -> None:
        client = signed_in(a_user())
        order = hidden_fields(client, "/portfolio/trade/", asset="bitcoin", side="buy", by="quantity", size="0.01")

        answer = client.post("/portfolio/trade/", {**order, "asset": "AAPL"})

        assert answer.status_code == 422
        assert orders_newest("alice", 1).items == ()

    def test_does_not_make_the_site_degraded(self) -> None:
        feed = next(part for part in health.market() if part.name == "feed")

        assert feed.ok
        assert list(feed.figures["feeds"]) == ["coingecko"]


def test_an_alert_fires_on_what_was_touched_between_two_polls() -> None:
    second = int(time.time()) - 20
    with binance.serving() as stub:
        feed = BinanceFeed(stub.url)
        try:
            user = a_user()
            touched = an_alert(user, ">=", "69000", "high")
            above = an_alert(user, ">=", "69000", "close")
            catch_up("bitcoin")
            stub.greeting = [
                binance.kline("BTCUSDT", second, ("67000", "67010", "66990", "67005")),
                binance.kline("BTCUSDT", second + 1, ("67005", "69000.5", "67001", "67020")),
                binance.kline("BTCUSDT", second + 2, ("67020", "67030", "67010", "67025")),
            ]
            deadline = time.monotonic() + 30
            while asset_get("bitcoin").price != 67025:
                assert time.monotonic() < deadline
                prices_poll(FeedChain((feed,)))
                time.sleep(0.05)
            catch_up("bitcoin")
        finally:
            feed.stop()

    (fired,) = history_of(user)
    assert (fired.alert_id, fired.source) == (touched.alert_id, "binance:usdt")
    assert fired.alert_id != above.alert_id


@pytest.mark.parametrize(
    ("source", "seconds", "minutes"), [("coingecko", "60", 4), ("coingecko", "270", 14), ("binance:usdt", "270", 3)]
)
def test_a_price_is_stale_when_its_own_feed_should_have_sent_another(
    source: str, seconds: str, minutes: int, settings: LazySettings
) -> None:
    settings.COINGECKO_SECONDS = Decimal(seconds)
    ticks_record([a_tick("67001", clock.now(), source=source)])

    bitcoin = asset_get("bitcoin")

    assert not bitcoin.is_stale(clock.now() + timedelta(minutes=minutes, seconds=-5))
    assert bitcoin.is_stale(clock.now() + timedelta(minutes=minutes, seconds=40))


def test_an_order_and_an_alert_name_the_source_in_words() -> None:
    user = a_user()
    alert = an_alert(user, ">=", "69000")
    ticks_record([a_tick("67001", clock.now(), source="binance:usdt")])

    assert "Binance, in USDT" in text_of(signed_in(user), f"/alerts/{alert.alert_id}/")
    preview = text_of(signed_in(user), "/portfolio/trade/?asset=bitcoin&side=buy&by=quantity&size=0.01")
    assert "Binance, in USDT" in preview
