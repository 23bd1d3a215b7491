"""One look at the feeds."""

from django.conf import settings

from core import clock
from core.storage import StorageError, journey
from market.feeds import Feed, FeedChain, feed_of
from market.selectors import POLLS, assets_listed
from market.services.poll_notes import POLL_NOTES
from market.services.recording import Recorded, ticks_record


def prices_poll(feed: Feed | None = None) -> Recorded:
    """Record what is new at the feed, by default at those that the settings name, and note which of them fail."""
    with journey("prices_poll"):
        source = feed or feed_of(settings)
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
