"""Celery entries of the alerts: each calls one function and is safe to run twice."""

from __future__ import annotations

from alerts.services.nudging import deliver_due
from core.periodic import Periodic

__all__ = ["deliver_due"]

SCHEDULE = (Periodic("send what is due", "alerts.tasks.deliver_due", 5),)
