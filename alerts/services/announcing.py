"""The one place that learns of every new notification, once it is written."""

from __future__ import annotations

from core import stream


def announce(username: str, notification_id: str) -> None:
    """Say that a user has a new notification. Called after the transaction that wrote it, once or more often.

    It carries no content: who listens reads the notification. It must never fail and must not wait, for a price move
    may announce thousands, from the worker; what an announcement that got lost leaves behind is seen at the next look
    at the page.
    """
    stream.announce_event(username, notification_id)
