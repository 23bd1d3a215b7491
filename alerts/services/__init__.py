"""Writes of the alerts: what users set, what they are notified of, and its way out."""

from alerts.services.account_mails import account_mail_queue
from alerts.services.alerts import alert_change, alert_create, alert_pause, alert_resume
from alerts.services.deliveries import Delivered, deliver_due, deliver_soon, deliveries_release
from alerts.services.messages import message_id_of
from alerts.services.notifications import (
    READ_AT_ONCE,
    announce,
    announce_firing,
    fact_notify,
    firing_writes,
    notification_writes,
    notifications_read,
    notifications_read_all,
)
from alerts.services.removal import alert_delete, alert_restore, alerts_close
from alerts.services.trial import alert_test

__all__ = [
    "READ_AT_ONCE",
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
    "announce",
    "announce_firing",
    "deliver_due",
    "deliver_soon",
    "deliveries_release",
    "fact_notify",
    "firing_writes",
    "message_id_of",
    "notification_writes",
    "notifications_read",
    "notifications_read_all",
]
