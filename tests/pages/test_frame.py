"""What every page has: navigation, skip link, honest labels, and nothing that the content policy forbids."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from market.context import feed_credits, feed_label
from tests.builders import a_user, signed_in

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


@pytest.mark.parametrize("path", ["/", "/add/", "/help/", "/portfolio/", "/markets/", "/alerts/", "/settings/"])
def test_a_members_page_has_the_frame(path: str) -> None:
    page = signed_in(a_user()).get(path).content.decode()
    assert '<a class="skip" href="#main">' in page
    assert '<main id="main"' in page
    assert page.count("<h1") == 1
    assert page.count('aria-current="page"') <= 1 + page.count('class="tabs"')
    assert "Orders are simulated" in page


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "Overview"),
        ("/portfolio/", "Portfolio"),
        ("/markets/", "Markets"),
        ("/budgets/", "Budgets"),
        ("/alerts/", "Alerts"),
    ],
)
def test_the_navigation_says_where_one_is(path: str, place: str) -> None:
    page = signed_in(a_user()).get(path).content.decode()
    current = re.search(r'aria-current="page" data-key="\w">.*?<span>(\w+)</span>', page, re.S)
    assert current is not None
    assert current[1] == place


@pytest.mark.parametrize(
    ("feeds", "label"),
    [
        (["simulated"], "Simulated market"),
        (["replay:/data/btc-usd.csv?asset=bitcoin&speed=60"], "Replay of btc-usd.csv"),
        (["coingecko"], "Live prices"),
        (["binance", "coingecko"], "Live prices"),
        (["coingecko", "simulated"], "Live prices, the rest simulated"),
        (["replay:/data/btc-usd.csv?asset=bitcoin", "coingecko"], "Replay of btc-usd.csv, the rest live"),
        (["replay:/data/btc-usd.csv?asset=bitcoin", "simulated"], "Replay of btc-usd.csv"),
        (["simulated", "coingecko"], "Simulated market"),
        ([], ""),
    ],
)
def test_the_label_says_what_the_prices_are(feeds: list[str], label: str) -> None:
    assert feed_label(feeds) == label


def test_nobody_is_credited_for_prices_that_are_made_up() -> None:
    assert feed_credits(["simulated", "coingecko"]) == []
    assert [credit.words for credit in feed_credits(["coingecko", "simulated"])] == ["CoinGecko"]


def test_a_simulated_market_says_so_on_every_page(settings: LazySettings) -> None:
    settings.MARKET_FEED = ["simulated"]
    client = signed_in(a_user())
    for path in ("/add/", "/portfolio/", "/markets/", "/alerts/"):
        assert "Simulated market" in client.get(path).content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_holds_inline_style_or_script(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_the_content_policy_allows_no_inline_code() -> None:
    policy = Client().get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
