"""Writes of the alerts: what users set, what they are notified of, and its deliveries."""

from alerts.services.account_mails import account_mail_queue
from alerts.services.alerts import alert_change, alert_create, alert_pause, alert_resume
from alerts.services.deliveries import deliver_due, deliveries_release, nudge
from alerts.services.notifications import (
    READ_AT_ONCE,
    alert_test,
    announce,
    announce_firing,
    fact_notify,
    firing_writes,
    notifications_read,
    notifications_read_all,
)
from alerts.services.removal import alert_delete, alert_restore, alerts_close

__all__ = [
    "READ_AT_ONCE",
    "account_mail_queue",
    "alert_change",
    "alert_create",
    "alert_delete",
    "alert_pause",
    "alert_restore",
    "alert_resume",
    "alert_test",
    "alerts_close",
    "announce",
    "announce_firing",
    "deliver_due",
    "deliveries_release",
    "fact_notify",
    "firing_writes",
    "notifications_read",
    "notifications_read_all",
    "nudge",
]
