"""Addresses of the staff's endpoints that belong to no app, below `/api/v1/staff/`."""

from django.urls import path

from core.console.api import views

urlpatterns = [
    path("users/", views.UsersView.as_view(), name="staff-users"),
    path("users/<slug:username>/", views.UserView.as_view(), name="staff-user"),
    path("audit/", views.AuditView.as_view(), name="staff-audit"),
    path("health/", views.HealthView.as_view(), name="staff-health"),
    path("health/events/<str:event_id>/replay/", views.EventReplayView.as_view(), name="staff-event-replay"),
]
