"""An idle page shows a new price and a new notification by itself, in one process and in many.

How long that takes is printed, from the moment the row was written to the moment the page shows it (`pytest -s`).
"""

import json
import statistics
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from alerts.selectors import notifications_all
from core import clock
from core.presentation import numbers
from core.storage import using
from market.selectors import asset_get
from tests import servers
from tests.browser import steps
from tests.browser.open_sites import OpenSite, in_many_processes, in_one_process
from tests.browser.site import Site
from tests.browser.watch import findings

pytestmark = pytest.mark.browser

MOVES = 8
PATIENCE = 30.0
NEVER_ASKS = """
    const setTimeoutAsBefore = window.setTimeout;
    window.setTimeout = (work, delay, ...more) =>
        delay >= 5000 ? 0 : setTimeoutAsBefore(work, delay, ...more);
"""
"""htmx waits in a timeout for the next request of `every Ns`, of five seconds and more."""
SHOWS = """
    (state) => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }
"""
WATCHES = """
    (selector) => {
        window.shown = [];
        const look = () => {
            const text = document.querySelector(selector)?.textContent.trim();
            if (text !== window.shown.at(-1)?.text) window.shown.push({ text, at: Date.now() });
        };
        look();
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    }
"""


@pytest.fixture(scope="module", params=["one process", pytest.param("many processes", marks=pytest.mark.services)])
def open_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSite]:
    """The running site."""
    folder = tmp_path_factory.mktemp("site")
    with ExitStack() as stack:
        if request.param == "one process":
            yield stack.enter_context(in_one_process(folder))
        else:
            yield stack.enter_context(in_many_processes(folder, stack.enter_context(servers.redis())))


@pytest.fixture
def idle(browser: Browser) -> Iterator[Page]:
    """A window whose pages ask for nothing by themselves: what is new must have been pushed."""
    context = browser.new_context()
    context.add_init_script(NEVER_ASKS)
    yield context.new_page()
    context.close()


def test_a_new_price(idle: Page, open_site: OpenSite) -> None:
    idle.goto(open_site.site.at("/markets/"), wait_until="networkidle")
    idle.evaluate(WATCHES, "#price-bitcoin")
    latencies = []
    for count in range(2, MOVES + 2):
        shown = wait_until_shown(idle, count)
        with using(open_site.store):
            asset = asset_get("bitcoin")
        assert asset is not None
        assert asset.price is not None
        if shown["text"] == numbers.price(asset.price):  # else the next one is there already
            latencies.append(milliseconds_after(asset.received_at, shown))
    show("a price", latencies)


def test_a_new_notification(idle: Page, open_site: OpenSite) -> None:
    steps.sign_up(idle, open_site.site, "ida")
    program = Program(open_site.site, "ida")
    idle.goto(open_site.site.at("/alerts/"), wait_until="networkidle")
    idle.evaluate(WATCHES, ".side .unread")
    latencies = []
    for count in range(1, MOVES + 1):
        program.buys("10")
        shown = wait_until_shown(idle, count + 1)
        assert shown["text"] == f"{count} unread"
        expect(idle.get_by_role("status").get_by_role("link", name="Bought")).to_have_count(count)
        with using(open_site.store):
            [note, *_] = notifications_all("ida")
        latencies.append(milliseconds_after(note.created_at, shown))
    show("a notification", latencies)


def test_the_list_of_notifications_says_that_there_are_more_and_stays(idle: Page, open_site: OpenSite) -> None:
    steps.sign_up(idle, open_site.site, "lea")
    program = Program(open_site.site, "lea")
    program.buys("10")
    idle.goto(open_site.site.at("/alerts/"), wait_until="networkidle")
    expect(idle.locator(".side .unread")).to_contain_text("1")
    idle.goto(open_site.site.at("/notifications/"), wait_until="networkidle")
    rows = idle.locator(".feed-list > li")
    expect(rows).to_have_count(1)
    place = rows.first.bounding_box()
    program.buys("20")
    expect(idle.locator("#newer")).to_have_text("1 new")
    program.buys("30")
    expect(idle.locator("#newer")).to_have_text("2 new")
    assert rows.first.bounding_box() == place
    expect(idle.locator(".toast")).to_have_count(2)
    assert findings(idle) == []
    idle.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert findings(idle) == []
    expect(rows).to_have_count(1)
    idle.get_by_role("link", name="2 new").click()
    expect(rows).to_have_count(3)
    expect(idle.locator("#newer")).to_have_text("")


def test_who_wants_new_prices_seldom_gets_them_so(browser: Browser, open_site: OpenSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    steps.sign_up(page, open_site.site, "tom")
    page.goto(open_site.site.at("/settings/"))
    page.get_by_label("New prices every").select_option("60")
    page.get_by_role("button", name="Save").click()
    page.clock.install()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/moved/" in request.url else None)
    with page.expect_websocket() as stream:
        page.goto(open_site.site.at("/markets/"), wait_until="networkidle")
    for _ in range(3):
        stream.value.wait_for_event("framereceived", lambda frame: '"price"' in str(frame))
    assert asked == []
    with page.expect_request("**/moved/**"):
        page.clock.run_for(61_000)
    context.close()


def test_a_page_that_is_not_shown_holds_no_connection_and_catches_up(browser: Browser, open_site: OpenSite) -> None:
    context = browser.new_context()
    context.add_init_script(NEVER_ASKS)
    page = context.new_page()
    with page.expect_websocket() as first:
        page.goto(open_site.site.at("/markets/"), wait_until="networkidle")
    with first.value.expect_event("close"):
        page.evaluate(SHOWS, "hidden")
    page.evaluate("document.querySelector('#price-bitcoin').textContent = 'old'")
    with page.expect_websocket():
        page.evaluate(SHOWS, "visible")
    expect(page.locator("#price-bitcoin")).not_to_have_text("old", timeout=PATIENCE * 1000)
    context.close()


def wait_until_shown(page: Page, count: int) -> dict[str, Any]:
    """The text that came as the so-manieth, and when; fails when it does not come."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        shown = page.evaluate("window.shown")
        if len(shown) >= count:
            latest: dict[str, Any] = shown[-1]
            return latest
        page.wait_for_timeout(20)
    raise AssertionError(f"no {count} texts were shown: {page.evaluate('window.shown')}")


def milliseconds_after(written_at: datetime | None, shown: dict[str, Any]) -> int:
    assert written_at is not None
    return int(shown["at"]) - clock.to_milliseconds(written_at)


def show(what: str, latencies: list[int]) -> None:
    """Print how long it took; a machine under load may take any time."""
    assert latencies
    print(f"\n{what} is shown after {statistics.median(latencies):.0f} ms (median of {latencies})")  # noqa: T201


class Program:
    """A program that trades for a user, through the API."""

    def __init__(self, site: Site, username: str) -> None:
        self._site = site
        self._key = ""
        self._key = self._post("auth/token/", username=username, password=steps.PASSWORD)["token"]

    def buys(self, amount: str) -> None:
        """Buy bitcoin at the market price: a notification comes when the order is filled."""
        self._post("orders/", side="buy", type="market", asset_id="bitcoin", amount=amount)

    def _post(self, path: str, **body: str) -> Any:
        request = urllib.request.Request(self._site.at(f"/api/v1/{path}"), json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        if self._key:
            request.add_header("Authorization", f"Bearer {self._key}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
