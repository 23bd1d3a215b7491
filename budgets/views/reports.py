"""Reports: the page of a month or of other days, and the same as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budgets.domain.expense import can_have_expenses
from budgets.domain.report_days import ReportDays, checked_days
from budgets.pdf.response import report_response
from budgets.selectors import today_of
from budgets.selectors.reports import report
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput
from core.form_errors import add_errors, render_form
from core.forms import DaysForm
from core.periods import Month


@never_cache
@require_safe
def report_page(request: SignedInRequest) -> HttpResponse:
    """The report of `?from=&to=`, or of the current month of the user's calendar; 2 store requests."""
    form = DaysForm(request.GET)
    if form.is_valid():
        try:
            days = checked_days(form.cleaned_data["from"], form.cleaned_data["to"], today=today_of(request.user))
        except InvalidInput as error:
            add_errors(form, error)
        else:
            return _page(request, days)
    return render_form(request, "budgets/report.html", form)


@never_cache
@require_safe
def report_month(request: SignedInRequest, month: str) -> HttpResponse:
    """The report of a month like `2026-11`; 2 store requests."""
    try:
        wanted = Month.from_text(month)
    except ValueError as error:
        raise Http404 from error
    if not can_have_expenses(wanted, today_of(request.user)):
        raise Http404
    return _page(request, ReportDays.of_month(wanted))


@never_cache
@require_safe
def report_file(request: SignedInRequest) -> HttpResponse:
    """The report of `?from=&to=` as PDF. Raises InvalidInput."""
    form = DaysForm(request.GET)
    if not form.is_valid():
        raise InvalidInput(
            {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()},
            "Enter both dates like 2026-11-01, the first one before the last.",
        )
    days = checked_days(form.cleaned_data["from"], form.cleaned_data["to"], today=today_of(request.user))
    return report_response(request.user, report(request.user, days))


def _page(request: SignedInRequest, days: ReportDays) -> HttpResponse:
    found, today = report(request.user, days), today_of(request.user)
    said = {"from": days.first.isoformat(), "to": days.last.isoformat()}
    near = [days.months[0].previous, days.months[0].next] if len(days.months) == 1 else []
    previous, following = [each if can_have_expenses(each, today) else None for each in near] or (None, None)
    context: dict[str, Any] = {
        "report": found,
        "query": urlencode(said),
        "previous": previous,
        "next": following,
        "most_by_category": max((line.figures.spent for line in found.categories), default=0),
        "most_by_week": max((line.figures.spent for line in found.weeks), default=0),
    }
    return render_form(request, "budgets/report.html", DaysForm(said), **context)
