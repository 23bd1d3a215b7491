"""Rules of the alerts, without input or output."""
