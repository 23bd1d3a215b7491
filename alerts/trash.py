"""Alerts that were deleted and can be restored."""

from __future__ import annotations

from alerts.repositories.alerts import from_item
from core.trash import Kind

DELETED_ALERTS = Kind("alert", from_item)
