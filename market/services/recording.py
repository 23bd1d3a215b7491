"""Recording the ticks of a feed: tick rows, candles and latest prices."""

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core import clock, stream
from core.retry import LostRace, optimistic
from market.domain import Asset, Recording, Tick, recorded
from market.metrics import count_recording
from market.selectors import assets_by_id, price_to_push
from market.services.batches import candles_write, recordings_write, ticks_write
from market.triggers import engine

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Recorded:
    """How many ticks of a poll were accepted, refused (by reason) and quarantined."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0

    def count(self, recording: Recording) -> None:
        """Add what one asset's recording counted."""
        self.accepted += len(recording.accepted)
        self.quarantined += recording.quarantined
        self.refused += recording.refused


def ticks_record(ticks: Sequence[Tick], *, asked_at: datetime | None = None) -> Recorded:
    """Record the ticks of one poll: tick rows, closed candles, and the latest prices on the assets' rows.

    Ticks go first, closed candles second, the assets' rows last, and only if no other writer has changed them
    meanwhile: killed at any point and repeated, the same ticks leave the same rows. Ticks of unknown assets are left
    out. For 23 assets that is one read, one batch of ticks, three transactions, and a batch or two of candles when a
    minute ends. Ticks of a poll that asked its feed at `asked_at` and was then overtaken by another are left out too:
    late ones are refused only where the feed is late, not the machine.
    """
    by_asset: dict[str, list[Tick]] = defaultdict(list)
    for tick in ticks:
        by_asset[tick.asset_id].append(tick)
    total = Recorded()
    moved: dict[str, Asset] = {}

    def record() -> None:
        received_at = clock.now()
        recordings: list[tuple[Asset, Recording]] = []
        for asset in assets_by_id(by_asset, consistent=True).values():
            recording = recorded(asset, by_asset[asset.asset_id], received_at, asked_at=asked_at)
            if recording.asset != asset or recording.refused:
                recordings.append((asset, recording))
        accepted = [tick for _, recording in recordings for tick in recording.accepted]
        ticks_write(accepted, received_at=received_at)
        candles_write((candle for _, recording in recordings for candle in recording.closed), now=received_at)
        lost = recordings_write(recordings)
        for asset, recording in recordings:
            if asset.asset_id in lost:
                continue
            total.count(recording)
            count_recording(by_asset[asset.asset_id][0].source, recording)
            if recording.accepted:
                moved[asset.asset_id] = recording.asset
        if lost:
            for asset_id in set(by_asset) - set(lost):
                del by_asset[asset_id]
            raise LostRace

    optimistic(record)
    if total.refused or total.quarantined:
        log.warning("ticks refused", extra={"refused": total.refused, "quarantined": total.quarantined})
    if moved:
        stream.announce_prices(filter(None, map(price_to_push, moved.values())))
        engine.nudge(list(moved))
    return total
