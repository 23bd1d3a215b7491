"""Pages of the alerts."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alerts import selectors, services
from alerts.channels import CHANNELS, in_order, outward
from alerts.domain.alert import Alert, Status
from alerts.domain.conditions import CONDITIONS, kind_named
from alerts.domain.history import FIRED, SUPPRESSED
from alerts.domain.terms import AlertDraft
from alerts.forms import AlertForm, TestForm, initial_of
from alerts.presentation import prices
from core import clock
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused, TooOften
from core.form_errors import add_errors, render_form
from core.paging import cursor_or_first
from core.presentation import numbers
from market.selectors import asset_get, assets_listed

ENTRIES_ON_A_PAGE = 25
TEST_SENT = "A test message was sent. It is also under Notifications."
TEST_KEPT = "A test message is under Notifications."
FORM_PAGE = "alerts/form.html"

SORTS: dict[str, Callable[[Alert], Any]] = {
    "asset": lambda alert: (alert.asset_name.lower(), alert.alert_id),
    "threshold": lambda alert: (alert.terms.condition.threshold, alert.alert_id),
    "fired": lambda alert: (alert.trigger_count, alert.alert_id),
    "newest": lambda alert: alert.alert_id,
}
DEFAULT_SORT = "-newest"
OUTCOMES = (("", "All"), (FIRED, "Fired"), (SUPPRESSED, "Suppressed"))


@dataclass(frozen=True, slots=True)
class Line:
    """An alert in the list."""

    alert: Alert
    condition: str
    threshold: str
    status: Status


@require_safe
def alert_list(request: SignedInRequest) -> HttpResponse:
    """All alerts of the user, by state and in any order; one store request."""
    now = clock.now()
    lines = [
        Line(alert, alert.terms.condition.text, numbers.exact(alert.terms.condition.threshold), alert.status(now))
        for alert in selectors.alerts_of(request.user.username)
    ]
    chosen = request.GET.get("status", "")
    shown = [line for line in lines if chosen in ("", line.status)]
    counts = Counter(line.status for line in lines)
    statuses = [("", "All", len(lines)), *((each, each.capitalize(), counts[each]) for each in Status)]
    return render(
        request,
        "alerts/list.html",
        {
            "has_alerts": bool(lines),
            "lines": _sorted(shown, request.GET.get("sort", DEFAULT_SORT)),
            "statuses": statuses,
            "chosen": chosen,
            "default_sort": DEFAULT_SORT,
        },
    )


@require_http_methods(["GET", "POST"])
def alert_add(request: SignedInRequest) -> HttpResponse:
    """Sets an alert; `?condition_type=` chooses its kind, `?asset=` and `?threshold=` fill the form in."""
    assets = [asset for asset in assets_listed() if asset.active]
    initial = {"asset_id": request.GET.get("asset"), "threshold": request.GET.get("threshold")}
    form = AlertForm(
        request.POST or None,
        kind=kind_named(request.POST.get("condition_type") or request.GET.get("condition_type")),
        assets=assets,
        user=request.user,
        initial={k: v for k, v in initial.items() if v},
    )
    if request.method == "POST" and form.is_valid():
        alert_id, draft = form.cleaned_data["id"], AlertDraft(form.cleaned_data["asset_id"], form.terms)
        try:
            alert = services.alert_create(request.user, alert_id=alert_id, draft=draft)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, _armed_message(alert, "created"))
            return redirect("alerts:detail", alert_id)
    kinds = [(name, kind.label) for name, kind in CONDITIONS.items()]
    return render_form(request, FORM_PAGE, form, kinds=kinds)


@require_safe
def alert_detail(request: SignedInRequest, alert_id: str) -> HttpResponse:
    """One alert with its state and history."""
    alert = selectors.alert_get(request.user.username, alert_id)
    chosen = request.GET.get("outcome", "")
    outcome = chosen if chosen in dict(OUTCOMES) else ""
    entries = selectors.history_of(alert, outcome=outcome, limit=ENTRIES_ON_A_PAGE, cursor=cursor_or_first(request))
    deliveries = selectors.deliveries_of(entries)
    asset = asset_get(alert.asset_id)
    return render(
        request,
        "alerts/detail.html",
        {
            "alert": alert,
            "status": alert.status(clock.now()),
            "condition": alert.terms.condition.text,
            "rearm": prices.rearm_text(alert.judged),
            "channels": [CHANNELS[name].label for name in in_order(alert.terms.channels)],
            "hints": list(filter(None, (channel.hint(request.user) for channel in outward().values()))),
            "asset": asset,
            "prices_at": asset.received_at,
            "entries": [
                (entry, prices.suppressed_text(entry), deliveries.get(entry.notification_id, ()))
                for entry in entries.items
            ],
            "page": entries,
            "outcome": outcome,
            "outcomes": OUTCOMES,
            "test": TestForm(),
        },
    )


@require_http_methods(["GET", "POST"])
def alert_edit(request: SignedInRequest, alert_id: str) -> HttpResponse:
    """Changes an alert; its asset stays. Where it was changed in the meantime, both are shown."""
    alert = selectors.alert_get(request.user.username, alert_id)
    asset = asset_get(alert.asset_id)
    sent = request.POST.copy()
    sent["asset_id"] = alert.asset_id
    form = AlertForm(
        sent if request.method == "POST" else None,
        kind=type(alert.terms.condition),
        assets=[asset],
        user=request.user,
        initial=initial_of(alert),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.alert_change(request.user, alert_id, terms=form.terms, seen=form.cleaned_data["version"])
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("alerts:detail", alert_id)
    return render_form(request, FORM_PAGE, form, alert=alert, asset=asset)


@require_POST
def alert_pause(request: SignedInRequest, alert_id: str) -> HttpResponse:
    """Lets prices pass the alert by."""
    services.alert_pause(request.user, alert_id)
    messages.success(request, "The alert is paused until you resume it.")
    return redirect("alerts:detail", alert_id)


@require_POST
def alert_resume(request: SignedInRequest, alert_id: str) -> HttpResponse:
    """Has the alert watch again."""
    try:
        alert = services.alert_resume(request.user, alert_id)
    except Refused as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _armed_message(alert, "resumed"))
    return redirect("alerts:detail", alert_id)


@require_POST
def alert_test(request: SignedInRequest, alert_id: str) -> HttpResponse:
    """Sends a test message by the alert's channels."""
    form = TestForm(request.POST)
    try:
        services.alert_test(request.user, alert_id, test_id=form.data.get("id", ""))
    except InvalidInput:
        messages.error(request, "This page was too old. Press the button again.")
    except TooOften as error:
        messages.error(request, error.detail)
    else:
        obstacles = [channel.obstacle(request.user) for channel in outward().values()]
        messages.success(request, TEST_SENT if "" in obstacles else " ".join([TEST_KEPT, *obstacles]))
    return redirect("alerts:detail", alert_id)


def _armed_message(alert: Alert, verb: str) -> str:
    match alert.status(clock.now()):
        case Status.DONE:
            return f"The alert was {verb} and has fired: its condition is already met."
        case Status.WAITING:
            return f"The alert was {verb}. Its condition is already met, so it waits for the next crossing."
        case _:
            return f"The alert was {verb}."


def _sorted(lines: Sequence[Line], sort: str) -> list[Line]:
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        sort, key = DEFAULT_SORT, SORTS["newest"]
    return sorted(lines, key=lambda line: key(line.alert), reverse=sort.startswith("-"))
