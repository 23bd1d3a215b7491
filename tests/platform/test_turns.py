"""Requests take turns: only some at a time, each client its share, none behind a crowd."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from cryptopulse.edge import turns
from cryptopulse.edge.turns import Turns

Message = dict[str, Any]


class Site:
    """An application whose requests end when they are let go."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.at_work: Counter[str] = Counter()
        self.most = 0
        self.let_go: dict[str, asyncio.Event] = {}
        self.turns = Turns(self)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if (await receive())["type"] == "http.disconnect":
            return
        name = scope["path"].rpartition("/")[2]
        self.order.append(name)
        self.at_work[name] += 1
        self.most = max(self.most, self.at_work.total())
        await self.let_go.setdefault(name, asyncio.Event()).wait()
        self.at_work[name] -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def go(self, name: str) -> None:
        """Let a request end, now or as soon as it begins."""
        self.let_go.setdefault(name, asyncio.Event()).set()

    def ask(
        self, name: str, *, address: str = "203.0.113.1", session: str = "", path: str = "/", method: str = "GET"
    ) -> asyncio.Task[Any]:
        """Send a request; what comes back."""
        return asyncio.ensure_future(self._asked(path + name, address, session, method))

    async def _asked(self, path: str, address: str, session: str, method: str) -> list[Mapping[str, Any]]:
        cookie = [(b"cookie", f"a=b; cryptopulse_session={session}".encode())] if session else []
        scope = {"type": "http", "method": method, "path": path, "headers": cookie, "client": (address, 1)}
        messages: list[Mapping[str, Any]] = []
        sent = False

        async def receive() -> Message:
            nonlocal sent
            if sent:
                await asyncio.Event().wait()
            sent = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Mapping[str, Any]) -> None:
            messages.append(message)

        await self.turns(scope, receive, send)
        return messages


async def settle() -> None:
    """Let everything go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


def run(play: Callable[[Site], Coroutine[Any, Any, None]]) -> None:
    """Play a scene, in a loop of its own."""

    async def played() -> None:
        async with asyncio.timeout(30):
            await play(Site())

    asyncio.run(played())


@pytest.fixture(autouse=True)
def _sixteen(settings: Settings) -> None:
    settings.REQUESTS_AT_ONCE = 16  # of one client two


def status_of(messages: list[Mapping[str, Any]]) -> int:
    """The status of an answer."""
    return int(messages[0]["status"])


@pytest.mark.parametrize("watched", ["healthz", "readyz", "metrics"])
def test_monitoring_does_not_wait_behind_others(watched: str) -> None:
    async def play(site: Site) -> None:
        asked = [site.ask(str(n), address=f"203.0.113.{n}", session=f"user{n}") for n in range(40)]
        await settle()
        site.go(watched)
        assert status_of(await site.ask(watched, address="203.0.113.99")) == 200
        watchers = [site.ask(watched, address=f"198.51.100.{n}") for n in range(40)]
        assert {status_of(messages) for messages in await asyncio.gather(*watchers)} == {200}
        assert site.turns.watchers.at_work.total() == 0
        for n in range(40):
            site.go(str(n))
        await asyncio.gather(*asked)

    run(play)


def test_no_more_are_worked_at_a_time_than_the_setting_says() -> None:
    async def play(site: Site) -> None:
        asked = [site.ask(str(n), session=f"user{n}") for n in range(100)]
        await settle()
        assert len(site.order) == 16
        for n in range(100):
            site.go(str(n))
        assert {status_of(messages) for messages in await asyncio.gather(*asked)} == {200}
        assert site.most == 16

    run(play)


def test_who_sends_many_gets_a_share_and_the_others_are_worked_at_once() -> None:
    async def play(site: Site) -> None:
        crowd = [site.ask(f"crowd{n}", session="greedy") for n in range(50)]
        await settle()
        other = site.ask("other", session="modest")
        await settle()
        assert site.order == ["crowd0", "crowd1", "other"]
        for request in (*crowd, other):
            request.cancel()
        await asyncio.gather(*crowd, other, return_exceptions=True)
        assert site.turns.rota.at_work.total() == 0

    run(play)


def test_where_all_turns_are_taken_the_next_goes_to_who_waits_with_fewest() -> None:
    async def play(site: Site) -> None:
        first = [site.ask(f"first{n}", session=f"client{n}") for n in range(16)]
        await settle()
        many = [site.ask(f"many{n}", session=f"client{n % 3}") for n in range(30)]
        await settle()
        other = site.ask("other", session="modest")
        await settle()
        for n in range(4):
            site.go(f"first{n}")
        await settle()
        assert "other" in site.order[16:20]
        for request in (*first, *many, other):
            request.cancel()
        await asyncio.gather(*first, *many, other, return_exceptions=True)

    run(play)


def test_made_up_credentials_of_one_address_hold_up_no_other_address() -> None:
    async def play(site: Site) -> None:
        crowd = [site.ask(f"crowd{n}", session=f"made-up-{n}") for n in range(200)]
        await settle()
        other = site.ask("other", address="203.0.113.2")
        await settle()
        for n in range(2):
            site.go(f"crowd{n}")
        await settle()
        assert "other" in site.order[16:18]
        for request in (*crowd, other):
            request.cancel()
        await asyncio.gather(*crowd, other, return_exceptions=True)

    run(play)


@pytest.mark.parametrize("path", ["/", "/api/v1/"])
def test_a_request_that_waits_too_long_learns_when_to_come_back(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(turns, "WAITS", 0.05)

    async def play(site: Site) -> None:
        asked = [site.ask(str(n), path=path) for n in range(3)]
        messages = await asked[2]
        assert status_of(messages) == 503
        headers = dict(messages[0]["headers"])
        assert int(headers[b"retry-after"]) > 0
        if path != "/":
            assert json.loads(messages[1]["body"])["code"] == "busy"
        site.go("0")
        site.go("1")
        await asyncio.gather(*asked[:2])
        site.go("after")
        assert status_of(await site.ask("after")) == 200

    run(play)


def test_a_client_that_has_gone_is_not_worked() -> None:
    async def play(site: Site) -> None:
        gone = asyncio.Event()

        async def receive() -> Message:
            if not gone.is_set():
                gone.set()
                return {"type": "http.request", "body": b"", "more_body": False}
            return {"type": "http.disconnect"}

        async def send(message: Mapping[str, Any]) -> None:
            raise AssertionError("nobody is there")

        busy = [site.ask(str(n)) for n in range(2)]
        await settle()
        scope = {"type": "http", "method": "GET", "path": "/left", "headers": [], "client": ("203.0.113.1", 1)}
        await site.turns(scope, receive, send)
        site.go("0")
        site.go("1")
        await asyncio.gather(*busy)
        assert site.order == ["0", "1"]
        assert site.turns.rota.at_work.total() == 0

    run(play)


def test_a_turn_is_over_when_the_answer_begins() -> None:
    """So that a client which reads slowly holds none."""

    async def play(site: Site) -> None:
        reads = asyncio.Event()

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Mapping[str, Any]) -> None:
            await reads.wait()

        site.go("slow")
        scope = {"type": "http", "method": "GET", "path": "/slow", "headers": [], "client": ("203.0.113.1", 1)}
        slow: Awaitable[None] = asyncio.ensure_future(site.turns(scope, receive, send))
        await settle()
        assert site.turns.rota.at_work.total() == 0
        reads.set()
        await slow

    run(play)


def test_visitors_who_look_are_not_behind_those_who_sign_in() -> None:
    async def play(site: Site) -> None:
        crowd = [site.ask(f"crowd{n}", method="POST") for n in range(50)]
        await settle()
        other = site.ask("other")
        await settle()
        assert site.order == ["crowd0", "crowd1", "other"]
        for request in (*crowd, other):
            request.cancel()
        await asyncio.gather(*crowd, other, return_exceptions=True)

    run(play)


def test_addresses_of_one_provider_customer_are_one() -> None:
    async def play(site: Site) -> None:
        asked = [site.ask(str(n), address=f"2001:db8::{n}") for n in range(10)]
        await settle()
        assert len(site.order) == 2
        for n in range(10):
            site.go(str(n))
        await asyncio.gather(*asked)

    run(play)
