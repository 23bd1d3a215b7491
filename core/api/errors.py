"""One handler for every error of the API: what went wrong becomes a problem with a documented code."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from core.api.problems import ProblemResponse, problem
from core.error_pages import log_advice
from core.errors import CryptoPulseError, InvalidInput, Refused
from core.storage import CursorRefused, StorageError, StoreUnavailable

GENERAL = "request"
"""The field of errors that do not belong to a single field."""
NOTHING_HERE = "There is nothing at this address. Addresses end with a slash; see /api/v1/docs/ for all of them."
NOTHING_WRITTEN = "The store does not answer and nothing was written. Repeat the same request in a moment."
OUTCOME_UNKNOWN = (
    "The store did not answer in time. It is not known whether it was done: check before you repeat it, or repeat it "
    "with the same id or Idempotency-Key, which does it once."
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    code: str
    detail: str
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response:
    """The problem that describes an error; an error of the site itself is logged and signalled."""
    request = context["request"]
    if not hasattr(request, "_user"):
        # finding out who asks is what failed; rendering the answer must not try again
        visitor: Any = api_settings.UNAUTHENTICATED_USER
        request.user = visitor()
    answer = _answer(error)
    if answer is None:
        logger.error("the API failed", exc_info=error)
        got_request_exception.send(sender=None, request=request._request)
        answer = _Answer(500, "error", "This is an error of the site, not of your request. Please try again later.")
    body = problem(answer.status, answer.code, answer.detail, answer.errors)
    return ProblemResponse(body, status=answer.status, headers=dict(answer.headers))


def _answer(error: Exception) -> _Answer | None:
    if isinstance(error, CryptoPulseError):
        return _of_ours(error)
    if isinstance(error, exceptions.APIException):
        return _of_the_framework(error)
    if isinstance(error, StorageError):
        log_advice(error)
        return _of_the_store(error)
    if isinstance(error, Http404):
        return _Answer(404, "not_found", NOTHING_HERE)
    if isinstance(error, PermissionDenied):
        return _Answer(403, "not_permitted", "You are not allowed to do this.")
    if isinstance(error, RequestDataTooBig):
        return _Answer(413, "body_too_large", "The body is too large. Send less in one request.")
    if isinstance(error, SuspiciousOperation):
        return _Answer(400, "malformed", "The request is malformed.")
    return None


def _of_ours(error: CryptoPulseError) -> _Answer:
    errors: Mapping[str, list[str]] = {}
    if isinstance(error, InvalidInput):
        errors = error.errors
    elif isinstance(error, Refused) and error.field:
        errors = {error.field: [error.detail]}
    retry_after = getattr(error, "retry_after", None)
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return _Answer(error.status, error.code, error.detail, errors, headers)


def _of_the_store(error: StorageError) -> _Answer | None:
    if isinstance(error, CursorRefused):
        sentence = "This cursor is broken, or belongs to another list or query. Start at the first page."
        return _Answer(400, "cursor_refused", sentence, {"cursor": [sentence]})
    if not isinstance(error, StoreUnavailable):
        return None  # repeating the request would not help
    sentence = OUTCOME_UNKNOWN if error.outcome_unknown else NOTHING_WRITTEN
    return _Answer(503, "unavailable", sentence, headers={"Retry-After": str(error.retry_after)})


_FRAMEWORK_CODES = {
    400: "malformed",
    401: "not_signed_in",
    403: "not_permitted",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    415: "unsupported_media_type",
    429: "throttled",
}


def _of_the_framework(error: exceptions.APIException) -> _Answer:
    if isinstance(error, exceptions.ValidationError):
        return _Answer(400, "invalid", InvalidInput({}).detail, flattened(error.detail))
    code = _FRAMEWORK_CODES.get(error.status_code, "error")
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.AuthenticationFailed) and error.get_codes() == "key_refused":
        code = "key_refused"
    if isinstance(error, exceptions.PermissionDenied) and str(error.detail).startswith("CSRF Failed"):
        code = "csrf_failed"
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, wait))
    return _Answer(error.status_code, code, str(error.detail), headers=headers)


def flattened(detail: Any, path: str = "") -> dict[str, list[str]]:
    """DRF's nested errors as field -> sentences; a field within a field is `outer.inner`."""
    if isinstance(detail, Mapping):
        result: dict[str, list[str]] = {}
        for name, inner in detail.items():
            outer = path if name == "non_field_errors" else f"{path}.{name}" if path else str(name)
            for key, sentences in flattened(inner, outer).items():
                result.setdefault(key, []).extend(sentences)
        return result
    if isinstance(detail, list):
        if any(isinstance(inner, (Mapping, list)) for inner in detail):
            return flattened({str(at): inner for at, inner in enumerate(detail) if inner}, path)
        return {path or GENERAL: [str(sentence) for sentence in detail]}
    return {path or GENERAL: [str(detail)]}
