"""One open connection as the hub sees it: what it watches, and what waits to be sent to it.

What waits is bounded by what is watched: one price for each asset, the newest, and one event. A client that reads
slowly misses what lay between, never the latest.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from core.stream.messages import Message


@dataclass(frozen=True, slots=True)
class Ending:
    """Why the server closes a connection: the websocket close code, and a sentence."""

    code: int
    reason: str


class Connection:
    """The hub's end of a connection of a user, or of a visitor (`username` None) at an address.

    `recheck` is set when the user's sign-in may have ended.
    """

    def __init__(self, username: str | None, address: str) -> None:
        self.username = username
        self.address = address
        self.watched: frozenset[str] = frozenset()
        self.recheck = asyncio.Event()
        self._prices: dict[str, Message] = {}
        self._latest: dict[str, str] = {}
        self._event = ""
        self._ending: Ending | None = None
        self._woken = asyncio.Event()

    def watch(self, asset_ids: frozenset[str]) -> None:
        """Watch these assets from now on, and no others."""
        self.watched = asset_ids
        self._prices = {asset_id: price for asset_id, price in self._prices.items() if asset_id in asset_ids}
        self._latest = {asset_id: at for asset_id, at in self._latest.items() if asset_id in asset_ids}

    def queue_price(self, price: Message) -> None:
        """Have a price sent, unless one as late was."""
        asset_id, at = price["asset_id"], price["at"]
        if asset_id in self.watched and at > self._latest.get(asset_id, ""):
            self._latest[asset_id] = at
            self._prices[asset_id] = price
            self._woken.set()

    def queue_event(self, notification_id: str) -> None:
        """Have it sent that there is a new notification."""
        self._event = notification_id
        self._woken.set()

    def end(self, ending: Ending) -> None:
        """Have it closed; the first reason is the one that is sent."""
        self._ending = self._ending or ending
        self._woken.set()

    async def next(self) -> Sequence[Message] | Ending:
        """Wait for something to send; returns what to send, or why to close."""
        await self._woken.wait()
        self._woken.clear()
        if self._ending is not None:
            return self._ending
        messages = list(self._prices.values())
        self._prices.clear()
        if self._event:
            messages.append({"type": "event", "n": self._event})
            self._event = ""
        return messages
