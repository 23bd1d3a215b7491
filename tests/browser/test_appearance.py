"""Theme and privacy change at once, are remembered, and come with the page's first byte."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def sampled(browser: Browser, site: Site) -> Iterator[Page]:
    """A sample account of its own, so that what is changed here stays here."""
    context = browser.new_context()
    page = context.new_page()
    steps.explore_the_sample(page, site)
    yield page
    context.close()


def colour(page: Page) -> str:
    value: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return value


def test_the_theme_changes_at_once_and_is_in_the_next_page_as_served(sampled: Page, site: Site) -> None:
    sampled.emulate_media(color_scheme="light")
    light = colour(sampled)
    sampled.locator("details[data-menu] summary").click()
    with sampled.expect_response("**/appearance/"):
        sampled.get_by_role("button", name="Dark").click()
    expect(sampled.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert colour(sampled) != light
    assert '<html lang="en" data-theme="dark"' in sampled.request.get(site.at("/help/")).text()


def test_privacy_hides_amounts_and_keeps_percentages(sampled: Page, site: Site) -> None:
    amount = sampled.locator("main .big .amount")
    percentage = sampled.locator("main td .up, main td .down").first
    with sampled.expect_response("**/appearance/"):
        sampled.get_by_role("button", name="Hide amounts").click()
    assert amount.evaluate("element => getComputedStyle(element).visibility") == "hidden"
    expect(percentage).to_be_visible()
    assert 'data-privacy="on"' in sampled.request.get(site.at("/")).text()
    with sampled.expect_response("**/appearance/"):
        sampled.get_by_role("button", name="Hide amounts").click()
    expect(amount).to_be_visible()


def test_a_strangers_theme_is_the_systems(stranger: Page, site: Site) -> None:
    stranger.emulate_media(color_scheme="dark")
    stranger.goto(site.at("/"))
    dark = colour(stranger)
    stranger.emulate_media(color_scheme="light")
    assert colour(stranger) != dark
