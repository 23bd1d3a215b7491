"""The notification centre: every notification is in it once it is written."""

from alerts.channels.protocol import Channel


class InApp(Channel):
    """The page of notifications."""

    name = "in_app"
    label = "Notifications"
    is_always = True
    is_usual = True


IN_APP = InApp()
