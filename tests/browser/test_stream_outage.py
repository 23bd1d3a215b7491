"""Redis goes and comes back: open pages ask for themselves meanwhile, and are pushed to again afterwards."""

import json
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocket

from tests import servers
from tests.browser.open_sites import in_many_processes
from tests.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.services]

PATIENCE = 90.0


def test_pages_ask_while_redis_is_gone(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    prices: set[str] = set()

    def listen(stream: WebSocket) -> None:
        stream.on("framereceived", lambda frame: prices.add(json.loads(frame).get("price", "")))

    with ExitStack() as stack:
        redis = stack.enter_context(ExitStack())
        url = redis.enter_context(servers.redis(port=port))
        open_site = stack.enter_context(in_many_processes(tmp_path, url))
        with page.expect_websocket() as stream:
            page.goto(open_site.site.at("/markets/"), wait_until="networkidle")
        stream.value.wait_for_event("framereceived", lambda frame: '"price"' in str(frame))
        with stream.value.expect_event("close"):
            redis.close()
        page.wait_for_event("request", lambda request: "/moved/" in request.url)
        stack.enter_context(servers.redis(port=port))
        page.on("websocket", listen)
        deadline = time.monotonic() + PATIENCE
        while len(prices) < 30:  # more than there are assets: they move again
            assert time.monotonic() < deadline, f"only {len(prices)} prices were pushed"
            page.wait_for_timeout(200)
    context.close()
