"""Prices that go up and down all the time, as a file to replay."""

import math
from pathlib import Path

SPEED = 20
"""Seconds of history in one second."""
APART = 10
"""Seconds of history from one price to the next."""
LASTS = 3_600
"""Seconds of wall time until the file ends."""
FIRST = 1_767_000_000
"""Seconds since 1970: in December 2025."""


def feed_of_waves(folder: Path) -> str:
    """The MARKET_FEED of a file with two prices a second of two coins, each a wave that passes its middle often."""
    lines = ["timestamp_ms,coin_id,price_usd,market_cap_usd,volume_24h_usd"]
    for number in range(LASTS * SPEED // APART):
        at = (FIRST + number * APART) * 1_000
        height = math.sin(number / 3) + math.sin(number / 37) / 2
        lines += [f"{at},{coin},{start * (1 + height / 500):.2f},," for coin, start in COINS.items()]
    path = folder / "waves.csv"
    path.write_text("\n".join(lines) + "\n")
    return f"replay:{path}?speed={SPEED}"


COINS = {"bitcoin": 80_000, "ethereum": 2_500}
