"""One look at the feeds, and notes of those that fail at each, where every process can read them."""

import threading
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial

from core import clock
from core.reading import one
from core.storage import ItemStore, StorageError, journey, store
from market.feeds import Feed, FeedChain, configured_feed
from market.repositories.polls import POLLS, FailingPoll, poll_address, poll_delete, poll_from_item, poll_put
from market.selectors import assets_listed
from market.services.recording import Recorded, ticks_record

SOON = 3
"""That many failures in a row are each noted at once, later ones every 10 seconds."""
EVERY = timedelta(seconds=10)
FORGOTTEN = timedelta(minutes=2)
"""After that long without a failure the next one begins a new row."""
LONGEST_REASON = 200


class PollNotes:
    """What this process has noted, which only saves writes: nothing is lost with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._noted: dict[str, FailingPoll] = {}
        self._of: ItemStore | None = None

    def note(self, failures: Mapping[str, str], answered: Collection[str]) -> None:
        """Note the feeds that failed at a poll, with the reason of each, and those that answered.

        2 requests for a feed whose failure is noted, 1 for the first answer after one, none for a feed that goes on
        answering.
        """
        now = clock.now()
        with self._lock:
            if self._of is not store():
                self._of, self._noted = store(), {}
            for feed, reason in failures.items():
                self._fail(feed, reason[:LONGEST_REASON] or "no reason given", now)
            for feed in answered:
                if self._noted.pop(feed, None) is not None:
                    store().write(poll_delete(feed))

    def _fail(self, feed: str, reason: str, now: datetime) -> None:
        noted = self._noted.get(feed)
        if noted is not None and noted.count >= SOON and timedelta(0) <= now - noted.failed_at < EVERY:
            return
        before = one(poll_address(feed), partial(poll_from_item, feed))
        goes_on = before is not None and abs(now - before.failed_at) < FORGOTTEN
        since, count = (before.since, before.count) if before is not None and goes_on else (now, 0)
        failing = self._noted[feed] = FailingPoll(feed, since, now, count + 1, reason)
        store().write(poll_put(failing))


POLL_NOTES = PollNotes()
"""The notes of this process."""


def prices_poll(feed: Feed | None = None) -> Recorded:
    """Record what is new at the feed, by default at those that the settings name, and note which of them fail."""
    with journey("prices_poll"):
        source = feed or configured_feed()
        chain = source if isinstance(source, FeedChain) else FeedChain((source,))
        try:
            assets, asked_at = assets_listed(), clock.now()
            answers = chain.ask(assets, asked_at)
            recorded = ticks_record(answers.ticks, asked_at=asked_at)
        except StorageError:
            raise
        except Exception as error:
            POLL_NOTES.note({POLLS: f"{type(error).__name__}: {error}"}, ())
            raise
        POLL_NOTES.note(answers.failures, (*answers.answered, POLLS))
        return recorded
