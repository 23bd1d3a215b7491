"""The notification centre: every notification is in it once it is written."""

from alerts.channels.protocol import Channel
from alerts.domain.terms import IN_APP as NAME


class InApp(Channel):
    """The page of notifications."""

    name = NAME
    label = "Notifications"
    is_always = True
    is_usual = True


IN_APP = InApp()
