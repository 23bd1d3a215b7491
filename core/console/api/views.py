"""Endpoints of the staff about users, health and the audit log."""

from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import audit, health, outbox
from core.accounts import selectors
from core.accounts.domain import User
from core.accounts.requests import ApiRequest
from core.accounts.rights import CHANGE_USERS, SEE_USERS, may
from core.accounts.services import user_administer
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.console.api.serializers import (
    AuditEntrySerializer,
    AuditQuery,
    HealthSerializer,
    ReasonRequest,
    StaffUserDetailSerializer,
    StaffUserSerializer,
    UserChangeRequest,
    UsersQuery,
)
from core.console.guard import staff_right
from core.console.health import event_replay, tables_compared
from core.console.rights import SEE_AUDIT, SEE_HEALTH
from core.console.row_counts import rows_counted
from core.paging import cursor_of

TAGS = ["staff"]
MOST_GIVEN_UP = 100


class UsersView(APIView):
    """All users."""

    permission_classes = [staff_right(SEE_USERS)]

    @extend_schema(
        operation_id="staff_users_list",
        parameters=[UsersQuery, *PAGE_PARAMETERS],
        responses=page_of(StaffUserSerializer),
        tags=TAGS,
    )
    def get(self, request: ApiRequest) -> Response:
        """Users by name; of a role, newest account first."""
        query = read_query(UsersQuery, request)
        rows = selectors.users_page(
            prefix=query["q"].strip().lower(),
            role=query.get("role"),
            status=query.get("status"),
            limit=limit_of(request),
            cursor=cursor_of(request),
        )
        return paged(request, rows, StaffUserSerializer)


class UserView(APIView):
    """One user."""

    permission_classes = [staff_right(SEE_USERS, change=CHANGE_USERS)]

    @extend_schema(responses=StaffUserDetailSerializer, tags=TAGS)
    def get(self, request: ApiRequest, username: str) -> Response:
        """The account; for administrators with its address and counts of its rows."""
        return Response(_user_body(selectors.user_get(username), to=request.user))

    @extend_schema(request=UserChangeRequest, responses=StaffUserDetailSerializer, tags=TAGS)
    def patch(self, request: ApiRequest, username: str) -> Response:
        """Give another role or status, with a reason. Nobody changes their own."""
        fields = read_body(UserChangeRequest, request)
        return Response(_user_body(user_administer(username, **fields, by=request.user), to=request.user))


class AuditView(APIView):
    """The audit log."""

    permission_classes = [staff_right(SEE_AUDIT)]

    @extend_schema(
        operation_id="staff_audit_list",
        parameters=[AuditQuery, *PAGE_PARAMETERS],
        responses=page_of(AuditEntrySerializer),
        tags=TAGS,
    )
    def get(self, request: ApiRequest) -> Response:
        """What the staff did, newest first; a page reads five months at most, and may be empty with a `next`."""
        query = read_query(AuditQuery, request)
        read = partial(audit.entries_of, query["subject"]) if "subject" in query else audit.entries_newest
        rows = read(limit_of(request), cursor_of(request), until=query.get("until"))
        return paged(request, rows, AuditEntrySerializer)


class HealthView(APIView):
    """The health of the site."""

    permission_classes = [staff_right(SEE_HEALTH)]

    @extend_schema(responses=HealthSerializer, tags=TAGS)
    def get(self, request: Request) -> Response:
        """The parts of `/readyz`, events that were given up, and the tables."""
        report = health.recent_report()
        body = {
            "status": report.status,
            "parts": report.parts,
            "given_up": outbox.given_up(MOST_GIVEN_UP),
            "tables": tables_compared(),
        }
        return Response(HealthSerializer(body).data)


class EventReplayView(APIView):
    """An event that was given up."""

    permission_classes = [staff_right(SEE_HEALTH)]

    @extend_schema(request=ReasonRequest, responses={204: None}, tags=TAGS)
    def post(self, request: ApiRequest, event_id: str) -> Response:
        """Have the event handled again, with a reason."""
        event_replay(event_id, by=request.user, reason=read_body(ReasonRequest, request)["reason"])
        return Response(status=204)


def _user_body(user: User, *, to: User) -> dict[str, Any]:
    body: dict[str, Any] = dict(StaffUserSerializer(user).data)
    if may(to, CHANGE_USERS):
        counts = [{"table": each.table, "rows": each.rows, "more": each.more} for each in rows_counted(user.username)]
        private = {
            name: getattr(user, name) for name in ("email", "email_confirmed", "full_name", "country", "time_zone")
        }
        body |= {**private, "counts": counts}
    return body
