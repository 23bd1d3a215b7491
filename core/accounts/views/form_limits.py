"""Forms of visitors: one address may send no more of them than registrations and token requests to the API."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.throttles import SignIns
from core.errors import CryptoPulseError, TooOften
from core.form_errors import add_errors, render_form

SECONDS_COUNTED = 60


def check_rate(request: HttpRequest) -> None:
    """Count a form that costs a password hash or a mail. Raises TooOften `throttled` when its address has to wait."""
    limit = SignIns()
    if not limit.allow_request(Request(request), APIView()):
        wait = max(1, round(limit.wait() or SECONDS_COUNTED))
        raise TooOften("throttled", "Too many forms were sent from your IP address.", retry_after=wait)


def render_refused(
    request: HttpRequest, template: str, form: Form, error: CryptoPulseError, **context: Any
) -> HttpResponse:
    """The page of a form with what refused it; for TooOften with its status and the seconds to wait."""
    add_errors(form, error)
    if not isinstance(error, TooOften):
        return render_form(request, template, form, **context)
    return with_retry_after(render_form(request, template, form, status=error.status, **context), error)


def with_retry_after(response: HttpResponse, error: TooOften) -> HttpResponse:
    """The page of the error, with the seconds to wait for programs."""
    response["Retry-After"] = str(error.retry_after)
    return response
