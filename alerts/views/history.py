"""The history of everything that was told, of all rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alerts import selectors, wording
from alerts.domain.notification import Delivery, NotificationKind
from alerts.selectors import Alert, Entry, FactEntry, HistoryKind
from core.accounts.requests import SignedInRequest
from core.paging import cursor_or_first

ENTRIES_ON_A_PAGE = 25
KINDS = (
    ("", "All"),
    (HistoryKind.PRICE, "Prices"),
    (HistoryKind.BUDGET, "Budgets"),
    (HistoryKind.CARBON, "Carbon"),
    (HistoryKind.ORDER, "Orders"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page; `reason` says why it was suppressed, empty where it was told."""

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
    kind = _kind(request.GET.get("kind", ""))
    entries = selectors.history_newest(request.user.username, ENTRIES_ON_A_PAGE, cursor_or_first(request), kind=kind)
    alerts, deliveries = selectors.alerts_named(entries), selectors.deliveries_of(entries)
    lines = [_line(entry, alerts, tuple(deliveries.get(entry.notification_id, ()))) for entry in entries.items]
    context = {"lines": lines, "page": entries, "kinds": KINDS, "kind": kind or ""}
    return render(request, "alerts/history.html", context)


def _kind(text: str) -> HistoryKind | None:
    return HistoryKind(text) if text in set(HistoryKind) else None


def _line(entry: Entry, alerts: Mapping[str, Alert], deliveries: tuple[Delivery, ...]) -> Line:
    if isinstance(entry, FactEntry):
        return Line(entry.at, entry.kind, entry.notification_kind, entry.title, entry.link, "", deliveries)
    alert = alerts.get(entry.alert_id)
    named = entry.asset_id if alert is None else alert.title
    title = f"{named}: {entry.condition.text}"
    asset = f"{reverse('market:list')}?{urlencode({'q': entry.asset_id})}"
    reason = "" if entry.notifies else "within the cooldown" if entry.outcome == "cooldown" else "the alert had expired"
    link = asset if alert is None else wording.link(alert)
    return Line(entry.at, entry.kind, NotificationKind.ALERT, title, link, reason, deliveries)
