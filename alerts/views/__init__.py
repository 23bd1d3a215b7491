"""Pages of the alerts and of the notification centre."""
