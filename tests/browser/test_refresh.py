"""Figures refresh in place also where nothing is pushed, and a refresh does not take the focus away."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser

REFRESH_MILLISECONDS = 10_000
"""How often a user's pages refresh who has not said otherwise."""


def is_refresh(response: Response) -> bool:
    return response.request.headers.get("hx-request") == "true" and "/unread/" not in response.url


@pytest.fixture
def overview(page: Page, site: Site) -> Page:
    page.route_web_socket("**/ws/stream/", lambda socket: socket.close(code=1013))
    page.clock.install()
    page.goto(site.at("/"), wait_until="networkidle")
    return page


def refresh(page: Page) -> None:
    with page.expect_response(is_refresh):
        page.clock.run_for(REFRESH_MILLISECONDS + 1000)


def test_the_overview_refreshes_its_figures_and_keeps_its_rows(overview: Page) -> None:
    overview.evaluate("document.querySelector('#worth-figure .big').textContent = 'old'")
    rows = overview.locator("[id^=holding-]").evaluate_all("rows => rows.map((row) => row.id)")
    refresh(overview)
    expect(overview.locator("#worth-figure .big")).to_contain_text("$")
    assert overview.locator("[id^=holding-]").evaluate_all("rows => rows.map((row) => row.id)") == rows
    expect(overview.get_by_role("heading", level=1)).to_have_count(1)


def test_a_refresh_leaves_the_focus_where_it_is(overview: Page) -> None:
    link = overview.locator("#worth-figure .big a")
    overview.keyboard.press("Tab")
    link.focus()
    refresh(overview)
    expect(link).to_be_focused()


def test_the_age_of_prices_goes_on_counting(overview: Page) -> None:
    overview.route("**/*", lambda route: route.abort())
    overview.clock.run_for(90_000)
    expect(overview.locator("time[data-age]")).to_have_text("1 min")
