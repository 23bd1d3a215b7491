"""What every operation of the description may refuse, by status, as problems with their codes."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Any

from core.api.problems import MEDIA_TYPE
from core.codes import codes

RULE = "x-rule"
"""Beside a schema: what a value must fulfil that a schema cannot express."""
ALWAYS = (406, 429, 503)
WITH_WHO = (401, 403)
WITH_BODY = (413, 415)
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}
_ASKS_WHO = {"WWW-Authenticate": {"description": "How to authenticate.", "schema": {"type": "string"}}}
_HEADERS: dict[int, dict[str, Any]] = {401: _ASKS_WHO, 429: _RETRY_AFTER, 503: _RETRY_AFTER}


def problem_schema() -> dict[str, Any]:
    """What the body of a refusal is."""
    return {
        "type": "object",
        "description": "An error as RFC 9457 describes it.",
        "required": ["type", "title", "status", "detail", "code", "errors"],
        "properties": {
            "type": {"type": "string", "format": "uri", "description": "An address that explains the code."},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong and what to do, in a sentence."},
            "code": {"type": "string", "enum": sorted(codes())},
            "errors": {
                "type": "object",
                "description": "Sentences by field. A value that matches its schema is refused only where the schema "
                "has an `x-rule` that says why.",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
        },
    }


def problems(*statuses: int) -> dict[int, None]:
    """For the `responses` of `extend_schema`: refusals that an operation has besides those of `statuses_of`."""
    return dict.fromkeys(statuses)


def statuses_of(operation: dict[str, Any], method: str, *, asks_who: bool) -> Collection[int]:
    """The statuses by which an operation of this kind refuses; `asks_who`: credentials are read."""
    parameters = operation.get("parameters", [])
    has_body = "requestBody" in operation
    found = {*ALWAYS}
    if parameters or has_body:
        found.add(400)
    if asks_who:
        found.update(WITH_WHO)
    if method != "GET":
        found.add(409)
    changes_own = method != "GET" and asks_who  # an account may be closed meanwhile
    if changes_own or any(parameter["in"] == "path" for parameter in parameters):
        found.add(404)
    if has_body:
        found.update(WITH_BODY)
    return found


def reference(status: int) -> dict[str, str]:
    """The answer of this status as an operation names it."""
    return {"$ref": f"#/components/responses/{_name(status)}"}


def components() -> dict[str, Any]:
    """Every such answer with the codes that it may carry, under the name that `reference` gives."""
    statuses = sorted({code.status for code in codes().values() if code.status < 500 or code.status == 503})
    return {_name(status): _answer(status) for status in statuses}


def _name(status: int) -> str:
    return "".join(part.capitalize() for part in HTTPStatus(status).phrase.replace("-", " ").split())


def _answer(status: int) -> dict[str, Any]:
    named = [f"- `{name}`: {code.about}" for name, code in codes().items() if code.status == status]
    answer: dict[str, Any] = {
        "description": "\n".join([f"{HTTPStatus(status).phrase}. `code` is one of", "", *named]),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return answer | ({"headers": _HEADERS[status]} if status in _HEADERS else {})
