"""Endpoints of the alerts and of the notification centre."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from alerts import selectors, services
from alerts.api.requests import (
    AlertChange,
    AlertRequest,
    AllHistoryQuery,
    HistoryQuery,
    NotificationsQuery,
    ReadRequest,
    terms_of,
)
from alerts.api.serializers import (
    AlertSerializer,
    AnyHistorySerializer,
    HistorySerializer,
    NotificationSerializer,
    ReadSerializer,
    TestSerializer,
)
from alerts.selectors import HistoryKind
from core.accounts.requests import ApiRequest, who
from core.api.idempotency import idempotent
from core.api.paging import cursor_of, limit_of, listed
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.idempotency import Claim
from core.ids import new_id

ALERTS = "alerts"


def _alert_again(request: Request, alert_id: str) -> Any:
    return AlertSerializer(selectors.alert_get(who(request).username, alert_id)).data


def _test_again(request: Request, test_id: str) -> Any:
    return TestSerializer({"notification_id": test_id}).data


class AlertsView(APIView):
    """Alerts of the user."""

    @extend_schema(responses=page_of(AlertSerializer), parameters=PAGE_PARAMETERS, tags=["alerts"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        rows = selectors.alerts_newest(request.user.username, limit_of(request), cursor_of(request, view=ALERTS))
        return Response(listed(request, rows, lambda each: AlertSerializer(each).data, view=ALERTS))

    @extend_schema(request=AlertRequest, responses={201: AlertSerializer}, tags=["alerts"])
    @idempotent(_alert_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Set an alert."""
        fields = read_body(AlertRequest, request)
        alert_id = fields.get("alert_id") or new_id()
        alert = services.alert_create(
            request.user,
            alert_id=alert_id,
            asset_id=fields["asset_id"],
            terms=terms_of(fields),
            enabled=fields.get("enabled", True),
            also=claim.also(alert_id),
        )
        return Response(AlertSerializer(alert).data, status=201)


class AlertView(APIView):
    """One alert."""

    @extend_schema(responses=AlertSerializer, tags=["alerts"])
    def get(self, request: ApiRequest, alert_id: str) -> Response:
        """Its terms and its state."""
        return Response(AlertSerializer(selectors.alert_get(request.user.username, alert_id)).data)

    @extend_schema(request=AlertChange, responses=AlertSerializer, tags=["alerts"])
    def patch(self, request: ApiRequest, alert_id: str) -> Response:
        """Change what is given; terms by which prices are judged otherwise begin anew."""
        alert = selectors.alert_get(request.user.username, alert_id)
        fields = read_body(AlertChange, request, kind=alert.terms.condition.kind)
        enabled = fields.pop("enabled", None)
        terms = terms_of(fields, alert.terms) if fields else None
        changed = services.alert_change(request.user, alert_id, terms=terms, enabled=enabled)
        return Response(AlertSerializer(changed).data)

    @extend_schema(responses={204: None}, tags=["alerts"])
    def delete(self, request: ApiRequest, alert_id: str) -> Response:
        """Take it away; what it told stays."""
        services.alert_delete(request.user, alert_id)
        return Response(status=204)


class AlertHistoryView(APIView):
    """Firings of an alert."""

    @extend_schema(responses=page_of(HistorySerializer), parameters=[HistoryQuery, *PAGE_PARAMETERS], tags=["alerts"])
    def get(self, request: ApiRequest, alert_id: str) -> Response:
        """Newest first, those that were suppressed among them."""
        query = read_query(HistoryQuery, request)
        alert = selectors.alert_get(request.user.username, alert_id)
        view = f"alert-history:{alert_id}?{sorted(query.items())}"
        rows = selectors.history_of(
            alert, limit=limit_of(request), cursor=cursor_of(request, view=view), outcome=query.get("outcome", "")
        )
        return Response(listed(request, rows, lambda each: HistorySerializer(each).data, view=view))


class HistoryView(APIView):
    """Everything that was told or suppressed."""

    @extend_schema(
        operation_id="alerts_history_of_all_list",
        responses=page_of(AnyHistorySerializer),
        parameters=[AllHistoryQuery, *PAGE_PARAMETERS],
        tags=["alerts"],
    )
    def get(self, request: ApiRequest) -> Response:
        """Of alerts on prices, budgets and carbon, newest first."""
        query = read_query(AllHistoryQuery, request)
        view = f"history?{sorted(query.items())}"
        kind = HistoryKind(query["kind"]) if "kind" in query else None
        rows = selectors.history_newest(
            request.user.username, limit_of(request), cursor_of(request, view=view), kind=kind
        )
        return Response(listed(request, rows, lambda each: AnyHistorySerializer(each).data, view=view))


class AlertTestView(APIView):
    """A test message."""

    @extend_schema(request=None, responses={201: TestSerializer}, tags=["alerts"])
    @idempotent(_test_again)
    def post(self, request: ApiRequest, alert_id: str, *, claim: Claim) -> Response:
        """Send a message by the alert's channels that says that it is a test."""
        test_id = new_id()
        services.alert_test(request.user, alert_id, test_id=test_id, also=claim.also(test_id))
        return Response(TestSerializer({"notification_id": test_id}).data, status=201)


class NotificationsView(APIView):
    """What the user was told."""

    @extend_schema(
        responses=page_of(NotificationSerializer),
        parameters=[NotificationsQuery, *PAGE_PARAMETERS],
        tags=["notifications"],
    )
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        query = read_query(NotificationsQuery, request)
        view = f"notifications?{sorted(query.items())}"
        rows = selectors.notifications_newest(
            request.user.username,
            limit_of(request),
            cursor_of(request, view=view),
            kind=query.get("kind", ""),
            unread="status" in query,
        )
        return Response(listed(request, rows, lambda each: NotificationSerializer(each).data, view=view))


class NotificationsReadView(APIView):
    """Taking notifications as read."""

    @extend_schema(request=ReadRequest, responses=ReadSerializer, tags=["notifications"])
    def post(self, request: ApiRequest) -> Response:
        """Those named, all or none of them; all that are unread where none is named."""
        chosen = read_body(ReadRequest, request).get("ids")
        username = request.user.username
        count = (
            services.notifications_read_all(username)
            if chosen is None
            else services.notifications_read(username, chosen)
        )
        return Response(ReadSerializer({"read": count}).data)
