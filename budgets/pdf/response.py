"""Documents as answers, of pages and of the API."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from budgets.domain.days import day_of
from budgets.domain.report import Report
from budgets.domain.report_words import file_name
from budgets.pdf.report import report_pdf
from core import clock
from core.accounts.domain import User


def report_response(user: User, report: Report) -> HttpResponse:
    """The report as a file to be kept."""
    now = clock.now()
    content = report_pdf(report, username=user.username, made_at=now, made_on=day_of(user.time_zone, now))
    response = HttpResponse(content, content_type="application/pdf")
    header = content_disposition_header(True, f"{file_name(report.days)}.pdf")
    assert header is not None
    response["Content-Disposition"] = header
    response["Cache-Control"] = "private, no-store"
    return response
