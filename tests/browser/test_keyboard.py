"""Single keys move about and open things; none works inside a field, and they can be switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def overview(page: Page, site: Site) -> Page:
    page.goto(site.at("/"), wait_until="networkidle")
    return page


@pytest.mark.parametrize(("key", "title"), [("?", "Keyboard shortcuts"), ("n", "Add"), ("/", "Search markets")])
def test_a_key_opens_a_dialog_and_escape_closes_it(key: str, title: str, overview: Page) -> None:
    dialog = overview.get_by_role("dialog", name=title)
    overview.keyboard.press(key)
    expect(dialog).to_be_visible()
    overview.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize(
    ("key", "heading"),
    [("p", "Portfolio"), ("m", "Markets"), ("b", "Budgets"), ("c", "Carbon"), ("a", "Alerts"), ("o", "Overview")],
)
def test_g_and_a_letter_go_to_a_place(key: str, heading: str, overview: Page, site: Site) -> None:
    overview.goto(site.at("/help/"), wait_until="networkidle")
    overview.keyboard.press("g")
    overview.keyboard.press(key)
    expect(overview.get_by_role("heading", level=1)).to_have_text(heading)


def test_slash_goes_to_the_search_field_of_a_page_that_has_one(overview: Page, site: Site) -> None:
    overview.goto(site.at("/markets/"), wait_until="networkidle")
    overview.keyboard.press("/")
    expect(overview.locator("main input[type=search]")).to_be_focused()


def test_searching_leads_to_the_markets_found(overview: Page) -> None:
    overview.keyboard.press("/")
    overview.keyboard.type("bitcoin")
    overview.keyboard.press("Enter")
    expect(overview).to_have_url(re.compile(r"/markets/\?q=bitcoin"))


def test_keys_typed_into_a_field_stay_there(overview: Page) -> None:
    overview.keyboard.press("/")
    overview.keyboard.type("n?gp")
    expect(overview.get_by_role("searchbox")).to_have_value("n?gp")
    expect(overview.get_by_role("dialog", name="Add")).to_be_hidden()


def test_keys_can_be_switched_off_and_stay_off(overview: Page) -> None:
    overview.keyboard.press("?")
    overview.get_by_label("Use these shortcuts in this browser").uncheck()
    overview.keyboard.press("Escape")
    overview.reload(wait_until="networkidle")
    overview.keyboard.press("n")
    expect(overview.get_by_role("dialog")).to_have_count(0)
    overview.locator("details[data-menu] summary").click()
    overview.get_by_role("button", name="Keyboard shortcuts").click()
    expect(overview.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_escape_closes_the_user_menu_and_returns_to_its_button(overview: Page) -> None:
    summary = overview.locator("details[data-menu] summary")
    summary.click()
    expect(overview.get_by_role("link", name="Settings")).to_be_visible()
    overview.keyboard.press("Tab")
    overview.keyboard.press("Escape")
    expect(overview.get_by_role("link", name="Settings")).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_first_tab_skips_to_the_content(overview: Page) -> None:
    overview.keyboard.press("Tab")
    skip = overview.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    skip.press("Enter")
    expect(overview.locator("main")).to_be_focused()
