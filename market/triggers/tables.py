"""Table of the trigger engine."""

from core.storage.schema import Table, text

TRIGGER_SERIES = Table(
    "TriggerSeries",
    text("series_id"),
    about="What the trigger engine has seen of the prices of each asset, and what is armed on them.",
    attributes={
        "series_id": "the asset's id",
        "seq": "number of the last move taken in",
        "previous_close": "close after the last move",
        "last_at": "time of the last tick taken in, in milliseconds since 1970",
        "source": "the feed of that tick",
        "running_bar": "the one-minute bar that has not closed yet",
        "closed_bar": "the one-minute bar that closed last",
        "moves": "recent moves, kept for 5 seconds because index rows lag",
        "bars_seen": "number of the last move whose closed bar was compared with armed levels",
        "bars_looked_at": "wall time of that, in milliseconds since 1970",
        "lease_owner": "the evaluator at work",
        "lease_until": "when its lease ends, wall time in milliseconds since 1970",
        "nudges": "nudges that found the lease taken",
        "armed_*": "how many levels of a subscriber wait on one price type and direction: `armed_alerts_close_up`",
    },
)

TABLES = (TRIGGER_SERIES,)
