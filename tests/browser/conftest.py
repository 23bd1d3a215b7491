"""One site, one browser, one signed-in user for all tests of this folder; closed when the last of them is done."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.browser import chromium, steps
from tests.browser.site import Site, running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Without one the tests are skipped, or fail where REQUIRE_SERVICES=1 wants every check run."""
    executable = chromium.path()
    if executable is None:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("Chromium is not installed, and REQUIRE_SERVICES=1 wants every check run.")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with chromium.launched(executable) as browser:
        yield browser


@pytest.fixture(scope="package")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running product; started only where there is a browser to look at it."""
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="package")
def member(browser: Browser, site: Site) -> StorageState:
    """Cookies of a user who signed up, bought, recorded a past trade, set an alert that fired, spent and emitted."""
    context = browser.new_context()
    page = context.new_page()
    steps.sign_up(page, site, "ada")
    steps.buy(page, site, "bitcoin", "250")
    steps.record_past_trade(page, site, "ethereum")
    steps.set_alert(page, site, "bitcoin", "1", at_once=True)
    steps.set_budget(page, site, "Food & Dining", "100")
    for amount, category in (("70.50", "Food & Dining"), ("19.90", "Travel"), ("5", "Other")):
        steps.spend(page, site, amount, category, f"Shop for {category}")
    steps.delete_expense(page, site, "Shop for Other")
    steps.add_carbon_entry(page, site, "Train", "120")
    steps.add_carbon_entry(page, site, "Cheese", "0.3", "Party")
    steps.delete_carbon_entry(page, site, "Party")
    steps.set_carbon_goal(page, site, "300", "Less of it")
    steps.await_carbon_estimate(page, site, "Shop for Travel")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page(browser: Browser, member: StorageState) -> Iterator[Page]:
    """A window in which that user is signed in."""
    context = browser.new_context(storage_state=member)
    yield context.new_page()
    context.close()


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """A window of somebody who was never here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    """A stranger's window in which no script runs."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
