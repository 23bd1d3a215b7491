"""Endpoints of the alerts and of the notification centre."""

from drf_spectacular.utils import extend_schema
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
from alerts.domain.terms import AlertDraft
from alerts.selectors import Alert, HistoryKind
from core.accounts.requests import ApiRequest
from core.api.idempotency import New, creates
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.paging import cursor_of


def _test_of(username: str, test_id: str) -> dict[str, str]:
    return {"notification_id": test_id}


class AlertsView(APIView):
    """Alerts of the user."""

    @extend_schema(responses=page_of(AlertSerializer), parameters=PAGE_PARAMETERS, tags=["alerts"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        rows = selectors.alerts_newest(request.user.username, limit_of(request), cursor_of(request))
        return paged(request, rows, AlertSerializer)

    @creates(AlertRequest, AlertSerializer, get=selectors.alert_get, id_field="alert_id", tags=["alerts"])
    def post(self, request: ApiRequest, new: New) -> Alert:
        """Set an alert."""
        draft = AlertDraft(new.fields["asset_id"], terms_of(new.fields), new.fields.get("enabled", True))
        return services.alert_create(request.user, alert_id=new.identifier, draft=draft, also=new.also)


class AlertView(APIView):
    """One alert."""

    @extend_schema(responses=AlertSerializer, tags=["alerts"])
    def get(self, request: ApiRequest, alert_id: str) -> Response:
        """Its terms and its state."""
        return Response(AlertSerializer(selectors.alert_get(request.user.username, alert_id)).data)

    @extend_schema(request=AlertChange, responses=AlertSerializer, tags=["alerts"])
    def patch(self, request: ApiRequest, alert_id: str) -> Response:
        """Change what is given; a changed condition, frequency, hysteresis or end starts over."""
        alert = selectors.alert_get(request.user.username, alert_id)
        fields = read_body(AlertChange, request, kind=alert.terms.condition.kind)
        enabled = fields.pop("enabled", None)
        terms = terms_of(fields, alert.terms) if fields else None
        changed = services.alert_change(request.user, alert_id, terms=terms, enabled=enabled, seen=alert.terms_version)
        return Response(AlertSerializer(changed).data)

    @extend_schema(responses={204: None}, tags=["alerts"])
    def delete(self, request: ApiRequest, alert_id: str) -> Response:
        """Delete it; its history and notifications stay."""
        services.alert_delete(request.user, alert_id)
        return Response(status=204)


class AlertHistoryView(APIView):
    """Firings of an alert."""

    @extend_schema(responses=page_of(HistorySerializer), parameters=[HistoryQuery, *PAGE_PARAMETERS], tags=["alerts"])
    def get(self, request: ApiRequest, alert_id: str) -> Response:
        """Newest first, those that were suppressed among them."""
        query = read_query(HistoryQuery, request)
        alert = selectors.alert_get(request.user.username, alert_id)
        rows = selectors.history_of(
            alert, limit=limit_of(request), cursor=cursor_of(request), outcome=query.get("outcome", "")
        )
        return paged(request, rows, HistorySerializer)


class HistoryView(APIView):
    """All notifications and suppressed firings."""

    @extend_schema(
        operation_id="alerts_history_of_all_list",
        responses=page_of(AnyHistorySerializer),
        parameters=[AllHistoryQuery, *PAGE_PARAMETERS],
        tags=["alerts"],
    )
    def get(self, request: ApiRequest) -> Response:
        """Of alerts on prices, budgets, carbon and orders, newest first."""
        query = read_query(AllHistoryQuery, request)
        kind = HistoryKind(query["kind"]) if "kind" in query else None
        rows = selectors.history_newest(request.user.username, limit_of(request), cursor_of(request), kind=kind)
        return paged(request, rows, AnyHistorySerializer)


class AlertTestView(APIView):
    """A test message."""

    @creates(None, TestSerializer, get=_test_of, tags=["alerts"])
    def post(self, request: ApiRequest, new: New, alert_id: str) -> dict[str, str]:
        """Send a test message by the alert's channels."""
        services.alert_test(request.user, alert_id, test_id=new.identifier, also=new.also)
        return _test_of(request.user.username, new.identifier)


class NotificationsView(APIView):
    """Notifications of the user."""

    @extend_schema(
        responses=page_of(NotificationSerializer),
        parameters=[NotificationsQuery, *PAGE_PARAMETERS],
        tags=["notifications"],
    )
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        query = read_query(NotificationsQuery, request)
        rows = selectors.notifications_newest(
            request.user.username,
            limit_of(request),
            cursor_of(request),
            kind=query.get("kind", ""),
            unread="status" in query,
        )
        return paged(request, rows, NotificationSerializer)


class NotificationsReadView(APIView):
    """Marking notifications as read."""

    @extend_schema(request=ReadRequest, responses=ReadSerializer, tags=["notifications"])
    def post(self, request: ApiRequest) -> Response:
        """Those named, all or none of them; all that are unread if none is named."""
        chosen = read_body(ReadRequest, request).get("ids")
        username = request.user.username
        count = (
            services.notifications_read_all(username)
            if chosen is None
            else services.notifications_read(username, chosen)
        )
        return Response(ReadSerializer({"read": count}).data)
