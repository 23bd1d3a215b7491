"""Writes of the alerts."""

from alerts.services.account_mails import account_mail_queue
from alerts.services.alerts import alert_change, alert_create, alert_pause, alert_resume
from alerts.services.closing import alerts_close
from alerts.services.deleting import alert_delete, alert_restore
from alerts.services.deliveries import Delivered, deliver_due, deliveries_release
from alerts.services.notifications import notification_writes, notifications_read, notifications_read_all
from alerts.services.telling import fact_tell
from alerts.services.testing import alert_test

__all__ = [
    "Delivered",
    "account_mail_queue",
    "alert_change",
    "alert_create",
    "alert_delete",
    "alert_pause",
    "alert_restore",
    "alert_resume",
    "alert_test",
    "alerts_close",
    "deliver_due",
    "deliveries_release",
    "fact_tell",
    "notification_writes",
    "notifications_read",
    "notifications_read_all",
]
