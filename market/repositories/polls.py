"""Feeds that fail at each poll, as rows of the Throttle table: `poll#<feed>`, while it goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from core.storage.operations import Delete, Get, Item, Put
from core.tables import THROTTLE

POLLS = "polls"
"""In place of a feed: the failure of a poll as a whole."""
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FailingPoll:
    """A feed that failed at each poll from `since` to `failed_at`; `reason` is the last.

    `count` is how many of its failures were noted, which are not all.
    """

    feed: str
    since: datetime
    failed_at: datetime
    count: int
    reason: str


def poll_address(feed: str) -> Get:
    """Where the note about a feed is."""
    return Get(THROTTLE, {"name": f"poll#{feed}"})


def poll_from_item(feed: str, item: Item) -> FailingPoll:
    """What the row says."""
    return FailingPoll(
        feed=feed,
        since=clock.from_text(item["failing_since"]),
        failed_at=clock.from_text(item["failed_at"]),
        count=int(item["count"]),
        reason=item["reason"],
    )


def poll_put(poll: FailingPoll) -> Put:
    """Note that the feed fails."""
    item: Item = {
        **poll_address(poll.feed).key,
        "failing_since": clock.to_text(poll.since),
        "failed_at": clock.to_text(poll.failed_at),
        "count": poll.count,
        "reason": poll.reason,
        "expires_at": clock.to_seconds(poll.failed_at + KEPT),
    }
    return Put(THROTTLE, item)


def poll_delete(feed: str) -> Delete:
    """Note that the feed answers again."""
    return Delete(THROTTLE, poll_address(feed).key)
