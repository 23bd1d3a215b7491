"""Documents as answers, of pages and of the API."""

import io
from base64 import b64decode

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from budgets.domain.report import Report
from budgets.pdf import fonts
from budgets.pdf.report import report_text
from budgets.presentation import file_name
from core import clock
from core.accounts.domain import User
from core.periods import day_of
from core.sandbox.runner import run

PROCESSOR_SECONDS = 60
"""Of one report. It is of the user's own rows, of which it takes a few; Chinese names over a year take 6."""


def report_response(user: User, report: Report) -> HttpResponse:
    """The report as a file to be kept. Raises Busy, see `core.sandbox.runner.run`."""
    now = clock.now()
    text: str = run(
        report_text,
        io.BytesIO(),
        str(fonts.folder()),
        report,
        user.username,
        now,
        day_of(user.zone, now),
        whose=user.username,
        processor_seconds=PROCESSOR_SECONDS,
    )
    response = HttpResponse(b64decode(text), content_type="application/pdf")
    header = content_disposition_header(True, f"{file_name(report.days)}.pdf")
    assert header is not None
    response["Content-Disposition"] = header
    response["Cache-Control"] = "private, no-store"
    return response
