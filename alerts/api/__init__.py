"""Alerts and notifications over HTTP."""
