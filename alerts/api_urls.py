"""Addresses of the endpoints of the alerts, below `/api/v1/`."""

from django.urls import path

from alerts.api import views

urlpatterns = [
    path("alerts/", views.AlertsView.as_view(), name="alerts"),
    path("alerts/history/", views.HistoryView.as_view(), name="history"),
    path("alerts/<str:alert_id>/", views.AlertView.as_view(), name="alert"),
    path("alerts/<str:alert_id>/history/", views.AlertHistoryView.as_view(), name="alert-history"),
    path("alerts/<str:alert_id>/test/", views.AlertTestView.as_view(), name="alert-test"),
    path("notifications/", views.NotificationsView.as_view(), name="notifications"),
    path("notifications/read/", views.NotificationsReadView.as_view(), name="notifications-read"),
]
