"""Celery entries of the alerts: each calls one function and is safe to run twice."""

from __future__ import annotations

from alerts.services.nudging import deliver_due

__all__ = ["deliver_due"]
