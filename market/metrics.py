"""Counters of the market: ticks by feed, and the work of the trigger engine."""

from prometheus_client import Counter

from core.metrics import REGISTRY
from market.domain import Recording

TICKS = Counter(
    "cryptopulse_feed_ticks",
    "Ticks of a feed: accepted, quarantined, or refused for a reason.",
    ("feed", "outcome"),
    registry=REGISTRY,
)
FEED_FAILURES = Counter("cryptopulse_feed_failures", "Looks at a feed that failed.", ("feed",), registry=REGISTRY)
LOOKS = Counter(
    "cryptopulse_trigger_looks",
    "Looks at the prices of one asset: worked, or busy because another evaluator was at it.",
    ("outcome",),
    registry=REGISTRY,
)
MOVES = Counter("cryptopulse_trigger_moves", "Moves of prices that looks took in.", registry=REGISTRY)
FIRINGS = Counter("cryptopulse_trigger_firings", "Firings that took effect.", registry=REGISTRY)
CLAIMS = Counter(
    "cryptopulse_trigger_claims",
    "Rows claimed, or changed by another writer first and decided again.",
    ("outcome",),
    registry=REGISTRY,
)


def count_recording(feed: str, recording: Recording) -> None:
    """Count what became of the ticks of one asset."""
    outcomes = {"accepted": len(recording.accepted), "quarantined": recording.quarantined, **recording.refused}
    for outcome, count in outcomes.items():
        if count:
            TICKS.labels(feed, outcome).inc(count)


def count_look(*, is_busy: bool, moves: int, fired: int) -> None:
    """Count one look of the trigger engine."""
    LOOKS.labels("busy" if is_busy else "worked").inc()
    MOVES.inc(moves)
    FIRINGS.inc(fired)
