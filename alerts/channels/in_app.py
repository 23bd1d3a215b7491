"""The notification centre: a user is notified by its being written."""

from __future__ import annotations

from alerts.channels.protocol import Channel
from alerts.domain.notification import Notification
from alerts.domain.terms import IN_APP as NAME
from alerts.repositories import notifications
from core.storage import Write


class InApp(Channel):
    """The page of notifications, which holds all of them."""

    name = NAME
    label = "Notifications"
    is_always = True
    is_usual = True

    def writes(self, notification: Notification) -> list[Write]:
        """The notification itself, unread."""
        return [notifications.put(notification)]


IN_APP = InApp()
