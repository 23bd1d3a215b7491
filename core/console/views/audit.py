"""The audit log as a page."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import audit
from core.accounts.requests import SignedInRequest
from core.console.forms import AuditFilter
from core.console.guard import staff_page
from core.console.rights import SEE_AUDIT
from core.form_errors import UNPROCESSABLE
from core.paging import cursor_or_first
from core.reading import Rows

PAGE = 50


@staff_page(SEE_AUDIT)
@require_safe
def audit_log(request: SignedInRequest) -> HttpResponse:
    """What the staff did, newest first; of one subject, or from an earlier month on, as the address says."""
    form = AuditFilter(request.GET)
    rows: Rows[audit.AuditEntry] = Rows(())
    if form.is_valid():
        subject, until = form.cleaned_data["subject"], form.cleaned_data["until"]
        cursor = cursor_or_first(request)
        read = partial(audit.entries_of, subject) if subject else audit.entries_newest
        rows = read(PAGE, cursor, until=until)
    context = {
        "filter": form,
        "filtered": any(form.data.get(name) for name in form.fields),
        "page": rows,
    }
    return render(request, "console/audit.html", context, status=200 if form.is_valid() else UNPROCESSABLE)
