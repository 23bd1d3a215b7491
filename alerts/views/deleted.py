"""Deleting alerts, and restoring them."""

from alerts import selectors, services
from core.deleted_pages import DeletedPages

ALERTS = DeletedPages(
    name="alert",
    names="alerts",
    deleted=selectors.alerts_deleted,
    delete=services.alert_delete,
    restore=services.alert_restore,
    template="alerts/deleted.html",
    list_url="alerts:list",
    deleted_url="alerts:deleted",
    restore_url="alerts:restore",
    page_url="alerts:detail",
    deleted_text="The alert was deleted. Its notifications are kept.",
    restored_text="The alert was restored. If it was watching, it starts from the current price.",
)
