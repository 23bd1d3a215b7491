"""Error codes: each with its HTTP status and what it means. Each app brings its own in its `codes`."""

from dataclasses import dataclass
from functools import cache

from core import wiring


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its usual HTTP status, a short title, and what the client can do."""

    status: int
    title: str
    about: str


CODES: dict[str, Code] = {
    "invalid": Code(400, "Invalid input", "Fields named in `errors` are wrong; correct them and send again."),
    "malformed": Code(400, "Malformed request", "The body is not valid for its content type; send valid JSON."),
    "cursor_refused": Code(
        400, "Cursor refused", "The cursor is broken, or belongs to another list or query; start at the first page."
    ),
    "limit_memory": Code(
        400, "Takes too much memory", "The file takes more memory to read than is allowed; simplify it."
    ),
    "limit_processor_time": Code(
        400, "Takes too much time", "Reading the file takes more processor time than is allowed; simplify it."
    ),
    "limit_unpacked": Code(400, "Unpacks to too much", "The file unpacks to more than is allowed; simplify it."),
    "not_signed_in": Code(401, "Not signed in", "Send `Authorization: Bearer <api key>`, or sign in."),
    "not_permitted": Code(403, "Not permitted", "Your role does not allow this."),
    "csrf_failed": Code(403, "CSRF check failed", "Send the CSRF token of the session as `X-CSRFToken`."),
    "origin_refused": Code(403, "Origin refused", "Pages of another site may not open `/ws/stream/`."),
    "not_found": Code(404, "Not found", "It does not exist, or is not yours."),
    "method_not_allowed": Code(405, "Method not allowed", "The header `Allow` lists what this address accepts."),
    "not_acceptable": Code(406, "Not acceptable", "Answers are JSON; ask for `application/json`."),
    "changed_meanwhile": Code(409, "Changed meanwhile", "It was changed at the same moment; read it and try again."),
    "idempotency_mismatch": Code(
        409, "Idempotency-Key used before", "The key belongs to a request with another body; use a new key."
    ),
    "body_too_large": Code(413, "Body too large", "Send less in one request."),
    "unsupported_media_type": Code(415, "Unsupported media type", "Send `Content-Type: application/json`."),
    "charset_refused": Code(415, "Charset refused", "Send UTF-8, and leave the charset out of `Content-Type`."),
    "throttled": Code(429, "Too many requests", "Wait as many seconds as `Retry-After` says."),
    "error": Code(500, "Internal error", "Not caused by your request; it is logged under the X-Request-ID."),
    "busy": Code(
        503,
        "Overloaded",
        "Nothing was changed and no attempt was counted; send the same again after `Retry-After` seconds.",
    ),
    "unavailable": Code(
        503,
        "Store unavailable",
        "`detail` says whether anything may have been written. Repeat after `Retry-After` seconds, with the same id or "
        "Idempotency-Key.",
    ),
}
"""Those that belong to no app."""


@cache
def codes() -> dict[str, Code]:
    """Every code that an error can carry, by status and name."""
    found = {name: code for some in wiring.listed("CODES") for name, code in some.items()}
    return dict(sorted(found.items(), key=lambda entry: (entry[1].status, entry[0])))
