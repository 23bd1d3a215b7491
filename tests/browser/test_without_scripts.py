"""With JavaScript off one can still sign up, trade and set an alert."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def test_a_first_day_without_scripts(without_scripts: Page, site: Site) -> None:
    page = without_scripts
    steps.sign_up(page, site, "grace")
    steps.buy(page, site, "ethereum", "100")
    steps.set_alert(page, site, "ethereum", "1")
    page.goto(site.at("/portfolio/"))
    expect(page.get_by_role("main")).to_contain_text("Ethereum")
    page.goto(site.at("/alerts/"))
    expect(page.get_by_role("main")).to_contain_text("Ethereum")


def test_theme_and_sample_work_without_scripts(without_scripts: Page, site: Site) -> None:
    page = without_scripts
    steps.explore_the_sample(page, site)
    page.locator("details[data-menu] summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Hide amounts").click()
    expect(page.locator("html")).to_have_attribute("data-privacy", "on")
    page.get_by_role("button", name="Delete the sample").click()
    expect(page.get_by_role("button", name="Explore with sample data")).to_be_visible()
