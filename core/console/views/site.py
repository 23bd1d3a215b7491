"""The way into the staff area, the health of the site, and the audit log."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import audit, outbox
from core.accounts.requests import SignedInRequest
from core.console.forms import AuditFilter, ReasonForm
from core.console.guard import staff_page
from core.console.health import event_replay, tables_compared
from core.console.presentation import part_rows
from core.console.rights import ENTER, SEE_AUDIT, SEE_HEALTH
from core.errors import InvalidInput
from core.form_errors import add_errors, render_form
from core.health import recent_report
from core.menu import staff_places
from core.paging import cursor_or_first
from core.reading import Rows

GIVEN_UP = 50
"""Events that were given up, on the page of health."""
ENTRIES = 50
"""Entries on one page of the audit log."""


@staff_page(ENTER)
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Leads to the first place that the reader's role opens."""
    return redirect(staff_places(request.user)[0].url_name)


@never_cache
@staff_page(SEE_HEALTH)
@require_safe
def health(request: SignedInRequest) -> HttpResponse:
    """The parts of `/readyz`, events that were given up, and the tables."""
    return _health_page(request, ReasonForm())


@staff_page(SEE_HEALTH)
@require_POST
def replay(request: SignedInRequest, event_id: str) -> HttpResponse:
    """Puts an event that was given up back to be handled."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _health_page(request, form, wrong=event_id)
    try:
        event_replay(event_id, by=request.user, reason=form.cleaned_data["reason"])
    except InvalidInput as error:
        add_errors(form, error)
        return _health_page(request, form, wrong=event_id)
    messages.success(request, "The event is back and will be handled within seconds.")
    return redirect("staff:health")


@staff_page(SEE_AUDIT)
@require_safe
def audit_log(request: SignedInRequest) -> HttpResponse:
    """What the staff did, newest first; of one subject, or from an earlier month on, as the address says."""
    form = AuditFilter(request.GET)
    rows: Rows[audit.AuditEntry] = Rows(())
    if form.is_valid():
        subject, until = form.cleaned_data["subject"], form.cleaned_data["until"]
        read = partial(audit.entries_of, subject) if subject else audit.entries_newest
        rows = read(ENTRIES, cursor_or_first(request), until=until)
    filtered = any(form.data.get(name) for name in form.fields)
    return render_form(request, "console/audit.html", form, filter=form, filtered=filtered, page=rows)


def _health_page(request: SignedInRequest, form: ReasonForm, *, wrong: str = "") -> HttpResponse:
    report = recent_report()
    return render_form(
        request,
        "console/health.html",
        form,
        report=report,
        parts=part_rows(report),
        given_up=outbox.given_up(GIVEN_UP),
        tables=tables_compared(),
        wrong=wrong,
    )
