"""The staff area in a browser: every page sound, a decision by keyboard alone, another without scripts."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser import steps
from tests.browser.addresses import patterns
from tests.browser.site import Site
from tests.browser.test_every_page import OF_THE_STAFF, complaints

pytestmark = pytest.mark.browser

EXAMPLES = {
    "username": "samuel",
    "asset_id": "bitcoin",
    "event_id": "01932f0a-7c00-7abc-8def-0123456789ab",
}
PAGES = sorted(name for name in patterns() if name.startswith(OF_THE_STAFF))
NO_PAGES = {"staff:market-export": "a file to keep"}
LISTS_WITH_ROWS = (
    "/staff/holders/?asset=bitcoin",
    "/staff/users/?role=admin&status=active",
    "/staff/users/?q=nobody",
    "/staff/transactions/?user=samuel",
    "/staff/transactions/?until=1970-01-01",
    "/staff/audit/?subject=user%23eleanor",
    "/staff/factors/?q=electricity",
)


@pytest.fixture(scope="module")
def administrator(browser: Browser, site: Site) -> StorageState:
    """Cookies of an administrator, on a site with another user who trades."""
    context = browser.new_context()
    steps.sign_up(context.new_page(), site, "samuel")
    steps.buy(context.pages[0], site, "bitcoin", "100")
    context.close()
    context = browser.new_context()
    steps.sign_up(context.new_page(), site, "eleanor")
    steps.give_role(site, "eleanor", "admin")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="module")
def window(browser: Browser, administrator: StorageState) -> Iterator[Page]:
    context = browser.new_context(storage_state=administrator)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NO_PAGES])
def test_a_page_of_the_staff_is_sound(name: str, window: Page, site: Site) -> None:
    path = reverse(name, kwargs={part: EXAMPLES[part] for part in patterns()[name]})
    if window.request.get(site.at(path)).status == 405:
        assert window.request.head(site.at(path)).headers["allow"] == "POST"
        return
    assert complaints(window, site, path) == []


@pytest.mark.parametrize("path", LISTS_WITH_ROWS)
def test_a_filtered_list_is_sound(path: str, window: Page, site: Site) -> None:
    assert complaints(window, site, path) == []


def test_a_form_that_comes_back_is_sound(window: Page, site: Site) -> None:
    window.goto(site.at("/staff/users/samuel/"))
    window.locator("#id_status-reason").fill("x")
    window.get_by_role("button", name="Suspend").click()
    expect(window.get_by_role("alert")).to_contain_text("Please correct")
    expect(window.locator("#id_status-reason")).to_have_value("x")
    assert window.locator("#id_status-reason").get_attribute("aria-invalid") == "true"


def test_by_keyboard_alone_from_the_menu_to_a_decision(window: Page, site: Site) -> None:
    window.goto(site.at("/"), wait_until="networkidle")
    summary = window.locator("details[data-menu] summary")
    summary.focus()
    window.keyboard.press("Enter")
    link = window.get_by_role("link", name="Staff area")
    for _ in range(10):
        if link.evaluate("each => each === document.activeElement"):
            break
        window.keyboard.press("Tab")
    expect(link).to_be_focused()
    window.keyboard.press("Enter")
    steps.heading(window, "Users")
    window.keyboard.press("/")
    expect(window.get_by_label("Name begins with")).to_be_focused()
    window.keyboard.type("samuel")
    window.keyboard.press("Enter")
    found = window.get_by_role("main").get_by_role("link", name="samuel")
    found.focus()
    window.keyboard.press("Enter")
    steps.heading(window, "samuel")
    window.locator("#id_status-reason").focus()
    window.keyboard.type("Asked for a pause")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    expect(window.get_by_role("main")).to_contain_text("samuel is now suspended")
    expect(window.get_by_role("main")).to_contain_text("Asked for a pause")


def test_without_scripts_a_role_is_given_and_stands_in_the_log(
    browser: Browser, administrator: StorageState, site: Site
) -> None:
    context = browser.new_context(storage_state=administrator, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.at("/"))
    page.locator("details[data-menu] summary").click()
    page.get_by_role("link", name="Staff area").click()
    page.get_by_role("link", name="samuel").click()
    page.get_by_label("New role").select_option("moderator")
    page.locator("#id_role-reason").fill("Helps with questions")
    page.get_by_role("button", name="Change the role").click()
    expect(page.get_by_role("main")).to_contain_text("with the role moderator")
    page.get_by_role("link", name="Audit log").click()
    expect(page.get_by_role("main")).to_contain_text("Helps with questions")
    context.close()


def test_the_menu_of_a_user_has_no_staff_area(page: Page, site: Site) -> None:
    page.goto(site.at("/settings/"))
    page.locator("details[data-menu] summary").click()
    expect(page.get_by_role("link", name="Notifications")).to_be_visible()
    expect(page.get_by_role("link", name="Staff area")).to_have_count(0)
