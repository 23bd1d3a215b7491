"""Programs and browsers that open `/ws/stream/`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client as Browser
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from core.accounts.domain import User
from tests.builders import an_api_key, signed_in
from tests.waiting import PATIENCE


@dataclass(frozen=True)
class Client:
    """One open connection."""

    socket: ClientConnection

    def say(self, message: Any) -> None:
        """Send a message."""
        self.socket.send(json.dumps(message))

    def hear(self) -> Any:
        """The next message; fails when none comes."""
        return json.loads(self.socket.recv(PATIENCE))

    def hears_nothing_before(self, message: dict[str, Any]) -> None:
        """Fails unless the next message that comes is like this one."""
        heard = self.hear()
        assert {name: heard.get(name) for name in message} == message

    def watch(self, *asset_ids: str) -> Any:
        """Ask for these assets; the answer."""
        self.say({"watch": list(asset_ids)})
        return self.hear()

    def ending(self) -> tuple[int, str]:
        """Code and reason with which the server closes; what was sent before is passed over."""
        with suppress(ConnectionClosed):
            while True:
                self.socket.recv(PATIENCE)
        code, reason = self.socket.close_code, self.socket.close_reason
        assert code is not None
        assert reason is not None
        return code, reason


@dataclass(frozen=True)
class Server:
    """Where the site listens."""

    port: int

    @property
    def origin(self) -> str:
        """The origin of its pages."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def connected(
        self,
        *,
        origin: str | None = None,
        path: str = "/ws/stream/",
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Iterator[Client]:
        """A connection with these headers, closed in the end."""
        with connect(
            f"ws://127.0.0.1:{self.port}{path}",
            origin=origin,  # type: ignore[arg-type]
            additional_headers=headers,
            proxy=None,
            **options,
        ) as socket:
            yield Client(socket)

    @contextmanager
    def page_in(self, browser: Browser) -> Iterator[Client]:
        """The connection of a page in this browser."""
        with self.connected(origin=self.origin, headers=cookie_of(browser)) as client:
            yield client

    @contextmanager
    def page_of(self, user: User) -> Iterator[Client]:
        """The connection of a page in a browser where the user is signed in."""
        with self.page_in(signed_in(user)) as client:
            yield client

    @contextmanager
    def program_of(self, user: User) -> Iterator[Client]:
        """The connection of a program with a key of the user."""
        with self.connected(headers={"Authorization": f"Bearer {an_api_key(user, 'read')}"}) as client:
            yield client


def cookie_of(browser: Browser) -> dict[str, str]:
    """The header by which a browser is known."""
    name = settings.SESSION_COOKIE_NAME
    return {"Cookie": f"{name}={browser.cookies[name].value}"}
