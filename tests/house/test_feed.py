"""A feed that only the tests have is chosen by the setting, polled, credited and described, and fires an alert."""

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.test import Client

from cryptopulse.documentation import PAGES
from market.feeds import FEEDS, configured_feed
from market.selectors import asset_get
from market.services import prices_poll
from tests.alerts.builders import an_alert, history_of
from tests.builders import a_user, signed_in
from tests.house.almanac import KIND, SOURCE
from tests.market.builders import an_asset
from tests.portfolio.pages import text_of


@pytest.fixture(autouse=True)
def almanac(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """The kind is listed, and chosen before the simulated market."""
    monkeypatch.setitem(FEEDS, KIND.name, KIND)
    settings.ALMANAC_PRICE = "67000"
    settings.MARKET_FEED = ["almanac", "simulated"]


def test_the_setting_is_sound_and_names_it() -> None:
    assert run_checks(tags=["market"]) == []
    assert configured_feed().feed_for("bitcoin") == SOURCE


def test_it_is_polled_and_its_credit_shown() -> None:
    an_asset("bitcoin")
    prices_poll()
    bitcoin = asset_get("bitcoin")
    assert (str(bitcoin.price), bitcoin.source) == ("67000", SOURCE)
    page = Client().get("/markets/bitcoin/").content.decode()
    assert f'<a href="{KIND.url}" rel="external noreferrer">The Almanac</a>' in page
    shown = text_of(Client(), "/markets/bitcoin/")
    assert KIND.words in shown
    assert f"{KIND.priced_in} 67,000.00" in shown
    assert Client().get("/api/v1/prices/?assets=bitcoin").json()["items"][0]["source"] == SOURCE


def test_an_alert_on_its_prices_fires_and_names_it(settings: LazySettings) -> None:
    settings.WORK_AT_ONCE = True
    an_asset("bitcoin")
    prices_poll()
    alice = a_user("alice")
    alert = an_alert(alice, ">", "67500")
    settings.ALMANAC_PRICE = "68000"
    prices_poll()
    (entry,) = history_of(alice)
    assert entry.source == SOURCE
    assert "The Almanac" in text_of(signed_in(alice), f"/alerts/{alert.alert_id}/")


def test_the_docs_name_it() -> None:
    assert "| `almanac` | bitcoin | never |" in PAGES["settings.md"]()
