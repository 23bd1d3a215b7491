"""`Idempotency-Key`: a POST that creates may be repeated, and the repetition gets the first answer."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.api import patterns
from core.api.serializers import read_body
from core.errors import CryptoPulseError, InvalidInput, Refused
from core.idempotency import Answered, Claim, answered_from_item, claim_address
from core.ids import new_id
from core.reading import one
from core.replay import MISMATCH
from core.requests import username_of
from core.storage import StorageError, Write

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replay"
LONGEST_KEY = 200
OTHER_BODY = "This Idempotency-Key was used for a request with another body. Use a new key."

HEADER_PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": patterns.PRINTABLE_ASCII},
    OpenApiParameter.HEADER,
    description="Any text that you choose for this request. Sent again within 24 hours with the same body, it returns "
    "the first answer, marked `Idempotent-Replay: true`; with another body it is refused with `idempotency_mismatch`.",
)


@dataclass(frozen=True, slots=True)
class New:
    """What a request creates: under which id, of which fields of the body, and the writes that belong to it."""

    identifier: str
    fields: dict[str, Any]
    also: tuple[Write, ...]


def creates(
    body: type[Serializer[Any]] | None,
    answer: type[Serializer[Any]],
    *,
    get: Callable[[str, str], Any],
    id_field: str = "",
    status: int = 201,
    tags: Sequence[str],
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """For the method of a view that creates something for the signed-in user: it takes a `New` and returns the thing.

    Body and answer are serializers. id_field: where the address or the body may name the id; without one the thing
    gets a new id. The method gives `also` to the service, whose transaction it joins. `get(username, identifier)` is
    what an earlier request with the same Idempotency-Key created.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Response]:
        @extend_schema(request=body, responses={status: answer}, parameters=[HEADER_PARAMETER], tags=tags)
        @wraps(method)
        def respond(view: Any, request: Request, **address: Any) -> Response:
            username = username_of(request)

            def make(claim: Claim) -> Response:
                fields = {} if body is None else read_body(body, request)
                identifier = address.pop(id_field, None) or fields.pop(id_field, None) or new_id()
                new = New(identifier, fields, claim.also(identifier, status=status))
                return Response(answer(method(view, request, new, **address)).data, status=status)

            return once(request, username, make=make, replay=lambda reference: answer(get(username, reference)).data)

        return respond

    return decorate


def once(
    request: Request, username: str, *, make: Callable[[Claim], Response], replay: Callable[[str], Any]
) -> Response:
    """What `make` answers; for a repeated request what the first one made, by `replay`.

    Whatever goes wrong in `make`, an earlier request with the same key is looked for first: it may be the reason.
    Raises Refused `idempotency_mismatch` for a key that belongs to another body, InvalidInput for what is not a key.
    """
    claim = claim_of(request, username)
    if claim.key is None:
        return make(claim)
    if earlier := _answered(claim):
        return _replayed(claim, earlier, replay)
    try:
        return make(claim)
    except (CryptoPulseError, StorageError):
        earlier = _answered(claim)
        if earlier is None:
            raise
    return _replayed(claim, earlier, replay)


def claim_of(request: Request, username: str) -> Claim:
    """What the request claims for this user; a claim of nothing without the header. Raises InvalidInput."""
    key = request.headers.get(HEADER)
    if key is None:
        return Claim()
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise InvalidInput({HEADER: [f"Enter 1 to {LONGEST_KEY} printable ASCII characters."]})
    return Claim(username, key, _digest(request))


def _digest(request: Request) -> str:
    """A digest of what the request says; keyed, because a body may hold a password."""
    text = json.dumps([request.method, request.path, request.data], sort_keys=True, default=_as_text)
    return salted_hmac("core.api.idempotency", text, algorithm="sha256").hexdigest()


def _as_text(value: Any) -> str:
    """A digest of the content of a file; anything else as text."""
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256()
    for part in value.chunks():
        digest.update(part)
    value.seek(0)
    return digest.hexdigest()


def _answered(claim: Claim) -> Answered | None:
    """The earlier request with the claim's key, None where there is none; 1 request."""
    return one(claim_address(claim), answered_from_item)


def _replayed(claim: Claim, earlier: Answered, replay: Callable[[str], Any]) -> Response:
    if claim.digest != earlier.digest:
        raise Refused(MISMATCH, OTHER_BODY, field=HEADER)
    return Response(replay(earlier.reference), status=earlier.status, headers={REPLAYED: "true"})
