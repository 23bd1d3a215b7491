"""The notification centre."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alerts import selectors, services
from alerts.domain.kinds import TRAITS
from alerts.selectors import MOST_COUNTED
from core.accounts.requests import SignedInRequest
from core.paging import cursor_or_first

ON_A_PAGE = 25
KINDS = (("", "All"), *((kind, traits.label) for kind, traits in TRAITS.items()))


@never_cache
@require_safe
def notification_list(request: SignedInRequest) -> HttpResponse:
    """The user's notifications, newest first; of one kind or the unread alone."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(KINDS) else ""
    unread = request.GET.get("unread") == "1"
    rows = selectors.notifications_newest(
        request.user.username, ON_A_PAGE, cursor_or_first(request), kind=kind, unread=unread
    )
    context = {"page": rows, "kinds": KINDS, "kind": kind, "unread": unread}
    if "cursor" not in request.GET:
        context |= _newer([note.notification_id for note in rows.items], request.GET.get("after"))
    return render(request, "alerts/notifications.html", context)


def _newer(ids: Sequence[str], after: str | None) -> dict[str, Any]:
    """The newest id of the first page, and how many on it a page that began with the id `after` does not show."""
    if after is None:
        return {"first": ids[0] if ids else ""}
    return {"first": after, "newer": ids.index(after) if after in ids else len(ids)}


@never_cache
@require_safe
def unread(request: SignedInRequest) -> HttpResponse:
    """The number of unread notifications and which is the newest, as a fragment of the navigation."""
    waiting = selectors.unread_newest(request.user.username)
    count = len(waiting)
    context = {"count": count, "is_more": count >= MOST_COUNTED, "newest": waiting[0] if waiting else None}
    return render(request, "alerts/unread.html", context)


@require_POST
def read(request: SignedInRequest, notification_id: str) -> HttpResponse:
    """Marks one as read."""
    services.notifications_read(request.user.username, [notification_id])
    return redirect("alerts:notifications")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Marks all as read."""
    services.notifications_read_all(request.user.username)
    messages.success(request, "All notifications were marked as read.")
    return redirect("alerts:notifications")
