"""Rows of the alerts' tables; the only place that knows their keys."""
