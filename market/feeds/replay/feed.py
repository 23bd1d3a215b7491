"""A file of price history as a feed that continues after what the store holds."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import merge
from itertools import islice

from core import clock
from market.domain import REPLAY, Asset, Candle, Tick
from market.feeds.replay.address import ReplayAddress, parsed
from market.feeds.replay.files import FileRefused, read

TICKS_OF_A_POLL = 1_000


class ReplayFeed:
    """Ticks of a file in event time.

    How far a replay has come is on the assets' rows alone: it continues after the newest tick there, so it may be
    killed and started again at any point. With a speed, as much history is due as fits in the time since the last tick
    came, but never more than two polls' worth beyond the next tick, so that a pause makes no burst.
    `ticks_of_a_poll` bounds one answer.
    """

    def __init__(self, address: ReplayAddress, poll_seconds: float, *, ticks_of_a_poll: int = TICKS_OF_A_POLL) -> None:
        """Reads the file. Raises FileRefused."""
        self.address = address
        self._poll_seconds = poll_seconds
        self._ticks_of_a_poll = ticks_of_a_poll
        self._ticks: dict[str, list[Tick]] = defaultdict(list)
        for tick in read(address):
            self._ticks[tick.asset_id].append(tick)

    @property
    def name(self) -> str:
        return f"{REPLAY}{self.address.path.name}"

    def covers(self, asset_id: str) -> bool:
        """Whether the file has prices of the asset."""
        return asset_id in self._ticks

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What is due for these assets at this wall time, in the order of time; empty at the end of the file."""
        due = [self._due(asset, now) for asset in assets if asset.asset_id in self._ticks]
        return list(islice(merge(*due, key=lambda tick: tick.timestamp), self._ticks_of_a_poll))

    def pauses(self, asset: Asset, now: datetime) -> bool:
        """Whether the file has no tick that is due: it is at its end, or in a gap such as a night without trade."""
        return bool(self._ticks[asset.asset_id]) and asset.memory.seen_at is not None and not self._due(asset, now)

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """Empty: what was before the file is unknown."""
        return []

    def conflict(self, asset: Asset) -> str | None:
        """Refuses a store with prices of another feed later than the file's first: all of the file would be late."""
        seen_at, first = asset.memory.seen_at, self._ticks[asset.asset_id][0]
        if seen_at is None or asset.source in ("", self.name) or seen_at <= first.at:
            return None
        return (
            f"MARKET_FEED replays {self.address.path} from {clock.to_text(first.at)}, but the store has prices of "
            f"{asset.name} up to {clock.to_text(seen_at)} from {asset.source}. "
            "Use another store for the replay: set DATASTORE_URL."
        )

    def _due(self, asset: Asset, now: datetime) -> list[Tick]:
        ticks = self._ticks[asset.asset_id]
        seen_at = asset.memory.seen_at
        first = 0
        if seen_at is not None:
            first = bisect_right(ticks, clock.to_milliseconds(seen_at), key=lambda tick: tick.timestamp)
        if self.address.speed is None or first == len(ticks):
            return ticks[first : first + self._ticks_of_a_poll]
        if seen_at is None or asset.received_at is None:
            return ticks[first : first + 1]
        speed = float(self.address.speed)
        elapsed = seen_at + (now - asset.received_at) * speed
        reach = ticks[first].at + timedelta(seconds=2 * self._poll_seconds) * speed
        last = bisect_right(ticks, clock.to_milliseconds(min(elapsed, reach)), key=lambda tick: tick.timestamp)
        return ticks[first : min(last, first + self._ticks_of_a_poll)]


def opened(address: str, poll_seconds: Decimal) -> ReplayFeed:
    """The feed of a file. Raises ValueError with a sentence that says what is wrong with address or file."""
    try:
        return ReplayFeed(parsed(address), float(poll_seconds))
    except FileRefused as error:
        raise ValueError(str(error)) from error
