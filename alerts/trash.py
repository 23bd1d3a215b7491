"""Alerts that were deleted and can be restored."""

from alerts.repositories.alerts import alert_from_item
from core.trash import Kind

DELETED_ALERTS = Kind("alert", alert_from_item)
