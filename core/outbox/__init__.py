"""The outbox: events written with the change that caused them, handled after it.

`nudge` after a transaction that holds an event; beat sweeps, so a nudge that is lost costs seconds, never an event.
"""

from core.outbox.backlog import Depth, depth, given_up, given_up_event, replay
from core.outbox.dispatcher import MOST_FAILURES, dispatch, nudge, sweep

__all__ = [
    "MOST_FAILURES",
    "Depth",
    "depth",
    "dispatch",
    "given_up",
    "given_up_event",
    "nudge",
    "replay",
    "sweep",
]
