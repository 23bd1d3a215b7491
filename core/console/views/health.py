"""The health of the site as a page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import outbox
from core.accounts.requests import SignedInRequest
from core.console.forms import ReasonForm
from core.console.guard import staff_page
from core.console.health import event_replay, tables_compared
from core.console.rights import SEE_HEALTH
from core.console.wording import part_rows
from core.errors import InvalidInput
from core.form_errors import add_errors, render_form
from core.health import recent_report

SHOWN = 50


@never_cache
@staff_page(SEE_HEALTH)
@require_safe
def health(request: SignedInRequest) -> HttpResponse:
    """The parts of `/readyz`, events that were given up, and the tables."""
    return _page(request, ReasonForm())


@staff_page(SEE_HEALTH)
@require_POST
def replay(request: SignedInRequest, event_id: str) -> HttpResponse:
    """Puts an event that was given up back to be handled."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, wrong=event_id)
    try:
        event_replay(event_id, by=request.user, reason=form.cleaned_data["reason"])
    except InvalidInput as error:
        add_errors(form, error)
        return _page(request, form, wrong=event_id)
    messages.success(request, "The event is back and handled within seconds.")
    return redirect("staff:health")


def _page(request: SignedInRequest, form: ReasonForm, *, wrong: str = "") -> HttpResponse:
    report = recent_report()
    context: dict[str, Any] = {
        "report": report,
        "parts": part_rows(report),
        "given_up": outbox.given_up(SHOWN),
        "tables": tables_compared(),
        "wrong": wrong,
    }
    return render_form(request, "console/health.html", form, **context)
