"""The notification centre: told by being written."""

from __future__ import annotations


class InApp:
    """The page of notifications, which holds everything that is told."""

    label = "Notifications"


IN_APP = InApp()
