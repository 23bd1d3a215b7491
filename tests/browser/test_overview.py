"""The first page with something in every room: filled while it is open, quiet and sound in both widths and themes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.site import Site
from tests.browser.watch import HEIGHT, Watch, sideways_scroll

pytestmark = pytest.mark.browser

DESK, PHONE, NARROWEST = 1280, 390, 360
SECONDS_TO_ESTIMATE = 30


@pytest.fixture
def filled(stranger: Page, site: Site) -> Page:
    """The overview of a new sample, once its expenses are estimated; nobody has loaded it again meanwhile."""
    steps.explore_the_sample(stranger, site)
    estimates = stranger.locator("#month-carbon").get_by_text("are estimates from spending")
    expect(estimates).to_be_visible(timeout=SECONDS_TO_ESTIMATE * 1000)
    return stranger


def test_it_is_sound_with_something_in_every_room(filled: Page, site: Site) -> None:
    watch = Watch(filled, site)
    watch.opened("/", width=DESK)
    expect(filled.get_by_role("link", name="8.90 over")).to_be_visible()
    expect(filled.locator("#month-money").get_by_text("8.90 over")).to_be_visible()
    assert watch.complaints() == []
    filled.set_viewport_size({"width": PHONE, "height": HEIGHT})
    assert watch.complaints() == []
    filled.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    assert sideways_scroll(filled) <= 0


def test_its_figures_lead_to_their_rows(filled: Page) -> None:
    filled.locator("#month-money").get_by_role("link", name="Shopping").click()
    steps.heading(filled, "Expenses")
    expect(filled.get_by_text("Hearth Home")).to_be_visible()
    expect(filled.get_by_text("Corner Grocery")).to_have_count(0)
    filled.go_back()
    filled.locator("#month-carbon").get_by_role("link", name="Transport").click()
    steps.heading(filled, "Carbon entries")
    expect(filled.get_by_text("To work and back").first).to_be_visible()


def test_privacy_mode_hides_amounts_and_keeps_percentages(filled: Page) -> None:
    filled.get_by_role("button", name="Hide amounts").click()
    concern = filled.locator("#attention-list").get_by_role("link", name="Shopping")
    expect(concern.locator(".amount")).to_be_hidden()
    expect(concern).to_contain_text("over budget")
    expect(filled.locator("#month-money .amount").first).to_be_hidden()
