"""All words of the alerts: the same on pages, in notifications and in mails."""
