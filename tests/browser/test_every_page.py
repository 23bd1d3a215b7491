"""Every page in both widths and themes: quiet console, no outside request, no axe finding, no sideways scroll."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.browser.addresses import address, patterns, reachable
from tests.browser.site import Site
from tests.browser.watch import HEIGHT, Watch, sideways_scroll

pytestmark = pytest.mark.browser

DESK, PHONE = 1280, 390
NOTHING_SIDEWAYS = (1024, 768, 360)
"""Widths at which a page must not scroll sideways either: tablets, and the narrowest phone."""

NO_PAGES = {
    "healthz": "JSON for machines",
    "readyz": "JSON for machines",
    "metrics": "text for Prometheus",
    "accounts:export": "a file to keep",
    "budgets:receipt": "leads to a file",
    "budgets:report-file": "a file to keep",
    "alerts:unread": "a fragment that pages load into their navigation",
}
"""Names that answer a GET with something else than a page, and with what."""

SEEN_ELSEWHERE = {
    "accounts:password-reset-confirm": "its address is in a mail; tests/accounts follows it",
    "accounts:address-confirm": "its address is in a mail; tests/browser/test_address_links follows it",
    "accounts:address-revert": "its address is in a mail; tests/browser/test_address_links follows it",
    "accounts:address-link": "takes posts alone",
    "accounts:api-key-revoke": "takes posts alone",
    "alerts:read": "takes posts alone",
    "alerts:restore": "takes posts alone",
    "budgets:expense-restore": "takes posts alone",
    "carbon:entry-restore": "takes posts alone",
    "carbon:goal-restore": "takes posts alone",
    "budgets:receipt-restore": "takes posts alone",
    "budgets:import": "test_imports makes one and looks at it in every state",
    "budgets:import-columns": "test_imports makes one and says how it is read",
    "budgets:import-confirm": "test_imports makes one and confirms it",
    "budgets:import-discard": "takes posts alone",
    "budgets:import-progress": "test_imports makes one and watches it",
    "budgets:import-resume": "takes posts alone",
    "budgets:import-undo": "test_imports makes one and undoes it",
    "budgets:receipt-file": "its address is signed; test_receipts follows it",
}
"""Names whose address holds what no list shows, and why that is no gap."""

OF_THE_STAFF = "staff:"
"""How names begin whose pages only the staff may see: test_staff looks at every one of them."""

FOR_STRANGERS = (
    "overview:home",
    "overview:help",
    "market:list",
    "market:movers",
    "market:asset",
    "accounts:sign-in",
    "accounts:sign-up",
    "accounts:password-reset",
)


@pytest.fixture(scope="module")
def members_window(browser: Browser, member: StorageState) -> Iterator[Page]:
    """One window for all pages: what is cached stays cached, as with a person."""
    context = browser.new_context(storage_state=member)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def strangers_window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "name", [name for name in reachable() if name not in NO_PAGES and not name.startswith(OF_THE_STAFF)]
)
def test_a_members_page_is_sound(name: str, members_window: Page, site: Site) -> None:
    path = address(name, members_window, site)
    if members_window.request.get(site.at(path)).status == 405:
        assert members_window.request.head(site.at(path)).headers["allow"] == "POST"
        return
    assert complaints(members_window, site, path) == []


@pytest.mark.parametrize("name", FOR_STRANGERS)
def test_a_strangers_page_is_sound(name: str, strangers_window: Page, site: Site) -> None:
    path = address(name, strangers_window, site)
    assert complaints(strangers_window, site, path) == []


def test_an_error_page_is_sound(strangers_window: Page, site: Site) -> None:
    assert complaints(strangers_window, site, "/no-such-page/", expected_status=404) == []


def test_no_address_is_forgotten() -> None:
    ours = {name for name in patterns() if not name.startswith(OF_THE_STAFF)}
    unseen = ours - set(reachable()) - SEEN_ELSEWHERE.keys()
    assert unseen == set(), "say in LISTS where their ids come from, or in SEEN_ELSEWHERE who looks at them"


def complaints(page: Page, site: Site, path: str, *, expected_status: int = 200) -> list[str]:
    """What is wrong with the page on a desk, then on a phone, and where else it scrolls sideways."""
    watch = Watch(page, site)
    try:
        watch.opened(path, width=DESK, expected_status=expected_status)
        found = [f"{DESK} px: {complaint}" for complaint in watch.complaints()]
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        found += [f"{PHONE} px: {complaint}" for complaint in watch.complaints()]
        for width in NOTHING_SIDEWAYS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if (sideways := sideways_scroll(page)) > 0:
                found.append(f"{width} px: scrolls sideways by {sideways} px")
        return found
    finally:
        watch.leave()
