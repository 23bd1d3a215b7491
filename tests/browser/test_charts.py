"""Charts: drawn from the tables beside them, under the content policy, in the colours of the theme."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

CANVAS = "figure[data-chart] [role='img']"
SETTLED = 300
"""Milliseconds that a tooltip takes to follow the pointer."""


def colours(page: Page) -> set[str]:
    """Every colour in the chart."""
    found: list[str] = page.locator(f"{CANVAS} svg").evaluate(
        """svg => [...svg.querySelectorAll('path')]
            .flatMap((path) => [path.getAttribute('fill'), path.getAttribute('stroke')])"""
    )
    return {colour for colour in found if colour and colour not in ("none", "transparent")}


@pytest.mark.parametrize("interval", ["1m", "5m", "15m", "1h", "1d"])
def test_candles_of_every_interval_are_drawn_without_a_complaint(stranger: Page, site: Site, interval: str) -> None:
    watch = Watch(stranger, site)

    watch.opened(f"/markets/bitcoin/?interval={interval}", width=1280)

    expect(stranger.locator(f"{CANVAS} svg")).to_be_visible()
    rows = stranger.locator("#candle-table tbody tr").count()
    assert rows > 1
    assert stranger.locator(f"{CANVAS} svg path").count() > rows
    assert watch.complaints() == []


def test_the_tooltip_says_what_the_table_says(stranger: Page, site: Site) -> None:
    watch = Watch(stranger, site)
    watch.opened("/markets/bitcoin/", width=1280)
    box = stranger.locator(CANVAS).bounding_box()
    assert box is not None

    stranger.mouse.move(box["x"] + 3, box["y"] + box["height"] / 2)
    expect(stranger.locator(f"{CANVAS} svg")).to_contain_text("Open")

    first = stranger.locator("#candle-table tbody tr").first
    drawn = stranger.locator(f"{CANVAS} svg").text_content() or ""
    for cell in [first.locator("th").text_content(), *first.locator("td").all_text_contents()]:
        assert (cell or "").strip() in drawn
    assert watch.complaints() == []


def test_its_sentence_describes_it(stranger: Page, site: Site) -> None:
    stranger.goto(site.at("/markets/bitcoin/"))

    sentence = stranger.locator("figcaption").text_content() or ""

    expect(stranger.locator(CANVAS)).to_have_attribute("aria-label", re.compile(re.escape(sentence.strip())))


def test_it_follows_the_theme(stranger: Page, site: Site) -> None:
    stranger.emulate_media(color_scheme="light")
    stranger.goto(site.at("/markets/bitcoin/"))
    light = colours(stranger)

    stranger.emulate_media(color_scheme="dark")
    stranger.wait_for_timeout(SETTLED)

    assert light
    assert colours(stranger).isdisjoint(light)


def test_it_follows_the_width_of_the_window(stranger: Page, site: Site) -> None:
    stranger.set_viewport_size({"width": 1280, "height": 900})
    stranger.goto(site.at("/markets/bitcoin/"))
    stranger.set_viewport_size({"width": 390, "height": 844})

    expect(stranger.locator(f"{CANVAS} svg")).to_have_attribute("width", re.compile("^3[0-9]{2}$"))


def test_without_the_script_a_curve_and_the_table_remain(without_scripts: Page, site: Site) -> None:
    without_scripts.goto(site.at("/markets/bitcoin/"))

    expect(without_scripts.locator("figure[data-chart] > svg.area")).to_be_visible()
    without_scripts.get_by_text("The same numbers as a table").click()
    expect(without_scripts.locator("#candle-table tbody tr").last).to_be_visible()


def test_the_net_worth_of_a_sample_account_is_drawn_without_a_complaint(stranger: Page, site: Site) -> None:
    stranger.goto(site.at("/"))
    stranger.get_by_role("button", name="Explore with sample data").click()
    watch = Watch(stranger, site)

    watch.opened("/", width=1280)

    expect(stranger.locator(f"{CANVAS} svg")).to_be_visible()
    assert [line for line in watch.complaints() if line.startswith("console")] == []


def test_hidden_amounts_are_not_in_the_chart(stranger: Page, site: Site) -> None:
    stranger.goto(site.at("/"))
    stranger.get_by_role("button", name="Explore with sample data").click()
    chart = stranger.locator(f"{CANVAS} svg")
    expect(chart).to_contain_text(re.compile(r"\d,\d{3}"))

    with stranger.expect_response("**/appearance/"):
        stranger.get_by_role("button", name="Hide amounts").click()

    expect(chart).not_to_contain_text(re.compile(r"\d,\d{3}"))


def test_prices_move_and_rows_do_not(page: Page, site: Site) -> None:
    watch = Watch(page, site)
    watch.opened("/markets/?sort=-change", width=1280)
    names = page.locator("tbody th a").all_text_contents()
    cell = page.locator("#price-bitcoin")
    before = cell.text_content() or ""

    expect(cell).not_to_have_text(before.strip(), timeout=30_000)

    assert page.locator("tbody th a").all_text_contents() == names
    assert watch.complaints() == []


def test_an_assets_price_moves_in_its_place(page: Page, site: Site) -> None:
    watch = Watch(page, site)
    watch.opened("/markets/bitcoin/", width=1280)
    price = page.locator("#asset-price .big")
    before = price.text_content() or ""

    expect(price).not_to_have_text(before.strip(), timeout=30_000)

    expect(page.locator(f"{CANVAS} svg")).to_be_visible()
    assert watch.complaints() == []
