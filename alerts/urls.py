"""Addresses of the alerts and of the notification centre."""

from django.urls import path

from alerts.views import alerts, deleted, history, notifications
from core.menu import Place

app_name = "alerts"
PLACE = Place("Alerts", "alerts:list", "/alerts/", icon="bell", key="a")

urlpatterns = [
    path("alerts/", alerts.alert_list, name="list"),
    path("alerts/add/", alerts.alert_add, name="add"),
    path("alerts/history/", history.history_list, name="history"),
    path("alerts/deleted/", deleted.ALERTS.list_deleted, name="deleted"),
    path("alerts/deleted/<str:entry>/restore/", deleted.ALERTS.restore_one, name="restore"),
    path("alerts/<str:alert_id>/", alerts.alert_detail, name="detail"),
    path("alerts/<str:alert_id>/edit/", alerts.alert_edit, name="edit"),
    path("alerts/<str:alert_id>/pause/", alerts.alert_pause, name="pause"),
    path("alerts/<str:alert_id>/resume/", alerts.alert_resume, name="resume"),
    path("alerts/<str:alert_id>/delete/", deleted.ALERTS.delete_one, name="delete"),
    path("alerts/<str:alert_id>/test/", alerts.alert_test, name="test"),
    path("notifications/", notifications.notification_list, name="notifications"),
    path("notifications/unread/", notifications.unread, name="unread"),
    path("notifications/read/", notifications.read_all, name="read-all"),
    path("notifications/<str:notification_id>/read/", notifications.read, name="read"),
]
