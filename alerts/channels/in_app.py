"""The notification centre: told by being written."""

from __future__ import annotations

from alerts.domain.notification import Notification
from alerts.repositories import notifications
from core.storage import Write


class InApp:
    """The page of notifications, which holds everything that is told."""

    label = "Notifications"

    def writes(self, notification: Notification) -> list[Write]:
        """The notification itself, unread."""
        return [notifications.put(notification)]


IN_APP = InApp()
