"""Addresses of the staff area's pages that belong to no app, below `/staff/`."""

from django.urls import path

from core.accounts.rights import SEE_USERS
from core.console.rights import SEE_AUDIT, SEE_HEALTH
from core.console.views import site, users
from core.menu import Place

PEOPLE = (Place("Users", "staff:users", "/staff/users/", right=SEE_USERS),)
SITE = (
    Place("Health", "staff:health", "/staff/health/", right=SEE_HEALTH),
    Place("Audit log", "staff:audit", "/staff/audit/", right=SEE_AUDIT),
)

urlpatterns = [
    path("", site.home, name="home"),
    path("users/", users.user_list, name="users"),
    path("users/<slug:username>/", users.user_detail, name="user"),
    path("users/<slug:username>/status/", users.user_status, name="user-status"),
    path("users/<slug:username>/role/", users.user_role, name="user-role"),
    path("health/", site.health, name="health"),
    path("health/events/<str:event_id>/replay/", site.replay, name="event-replay"),
    path("audit/", site.audit_log, name="audit"),
]
