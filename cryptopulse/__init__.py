"""The project: settings, addresses, wiring and the way it runs; no business rule."""

from cryptopulse.celery import app as celery_app

__all__ = ["celery_app"]
