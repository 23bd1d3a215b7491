"""The history of all firings, and of the notifications of other apps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alerts import selectors
from alerts.domain.kinds import HISTORY_LABELS, NotificationKind
from alerts.domain.notification import Delivery
from alerts.presentation import prices
from alerts.selectors import Alert, Entry, FactEntry, HistoryKind
from core.accounts.requests import SignedInRequest
from core.paging import cursor_or_first

ENTRIES_ON_A_PAGE = 25
KINDS = (("", "All"), *HISTORY_LABELS.items())


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page; `reason` says why it was suppressed, empty where the user was notified."""

    at: datetime
    kind: HistoryKind
    notification_kind: NotificationKind
    title: str
    link: str
    reason: str
    deliveries: tuple[Delivery, ...]


@require_safe
def history_list(request: SignedInRequest) -> HttpResponse:
    """Firings, and notifications of budgets, carbon and orders, newest first; of one kind by `?kind=`; 3 requests."""
    chosen = request.GET.get("kind", "")
    kind = HistoryKind(chosen) if chosen in HISTORY_LABELS else None
    entries = selectors.history_newest(request.user.username, ENTRIES_ON_A_PAGE, cursor_or_first(request), kind=kind)
    alerts, deliveries = selectors.alerts_named(entries), selectors.deliveries_of(entries)
    lines = [_line(entry, alerts, tuple(deliveries.get(entry.notification_id, ()))) for entry in entries.items]
    context = {"lines": lines, "page": entries, "kinds": KINDS, "kind": kind or ""}
    return render(request, "alerts/history.html", context)


def _line(entry: Entry, alerts: Mapping[str, Alert], deliveries: tuple[Delivery, ...]) -> Line:
    if isinstance(entry, FactEntry):
        title, link = entry.title or "Notification", entry.link or reverse("alerts:notifications")
        return Line(entry.at, entry.kind, entry.notification_kind, title, link, "", deliveries)
    alert = alerts.get(entry.alert_id)
    named = entry.asset_id if alert is None else alert.title
    title = f"{named}: {entry.condition.text}"
    asset = f"{reverse('market:list')}?{urlencode({'q': entry.asset_id})}"
    link = asset if alert is None else prices.link(alert)
    reason = prices.suppressed_text(entry)
    return Line(entry.at, entry.kind, NotificationKind.ALERT, title, link, reason, deliveries)
