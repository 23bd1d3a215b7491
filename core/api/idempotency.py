"""`Idempotency-Key`: a POST that creates may be repeated, and the repetition gets the first answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core import idempotency
from core.accounts.requests import who
from core.api import patterns
from core.errors import CryptoPulseError, InvalidInput
from core.idempotency import Claim
from core.replay import check_same
from core.storage import StorageError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replay"
LONGEST_KEY = 200

HEADER_PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": patterns.PRINTABLE_ASCII},
    OpenApiParameter.HEADER,
    description="Text of your own for this request. Sent again within 24 hours with the same body it returns the first "
    "answer, marked `Idempotent-Replay: true`; with another body it is refused with `idempotency_mismatch`.",
)


def idempotent(replay: Callable[[Request, str], Any]) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """For the method of a view that creates something for the signed-in user.

    The method takes a keyword `claim` and gives the service `also=claim.also(reference)`, where `reference` is the id
    of what is made. `replay(request, reference)` is the body that tells what an earlier request made.
    """

    def decorate(method: Callable[..., Response]) -> Callable[..., Response]:
        @extend_schema(parameters=[HEADER_PARAMETER])
        @wraps(method)
        def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
            return once(
                request,
                who(request).username,
                make=lambda claim: method(view, request, *args, claim=claim, **kwargs),
                replay=lambda reference: replay(request, reference),
            )

        return answer

    return decorate


def once(
    request: Request, username: str, *, make: Callable[[Claim], Response], replay: Callable[[str], Any]
) -> Response:
    """What `make` answers; for a repeated request what the first one made, by `replay`.

    Whatever goes wrong while making, an earlier request with the same key comes first: it may be why.
    Raises Refused `idempotency_mismatch` for a key that belongs to another body, InvalidInput for a key that is none.
    """
    claim = claim_of(request, username)
    if claim.key is None:
        return make(claim)
    if earlier := idempotency.answered(claim):
        return _replayed(claim, earlier, replay)
    try:
        return make(claim)
    except (CryptoPulseError, StorageError):
        earlier = idempotency.answered(claim)
        if earlier is None:
            raise
    return _replayed(claim, earlier, replay)


def claim_of(request: Request, username: str) -> Claim:
    """What the request claims for this user; a claim of nothing without the header. Raises InvalidInput."""
    key = request.headers.get(HEADER)
    if key is None:
        return Claim()
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise InvalidInput({HEADER: [f"Give 1 to {LONGEST_KEY} printable ASCII characters."]})
    return Claim(username, key, _digest(request))


def _digest(request: Request) -> str:
    """A digest of what the request says; keyed, because a body may hold a password."""
    said = json.dumps([request.method, request.path, request.data], sort_keys=True, default=_said)
    return salted_hmac("core.api.idempotency", said, algorithm="sha256").hexdigest()


def _said(value: Any) -> str:
    """A file by its content, whatever it is called; all else as text."""
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256()
    for part in value.chunks():
        digest.update(part)
    value.seek(0)
    return digest.hexdigest()


def _replayed(claim: Claim, earlier: idempotency.Answered, replay: Callable[[str], Any]) -> Response:
    check_same(**{HEADER: (claim.digest, earlier.digest)})
    return Response(replay(earlier.reference), status=earlier.status, headers={REPLAYED: "true"})
