"""Issuing API keys: the one answer that holds the key, given again to a repeated request."""

from datetime import datetime
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from core import ids
from core.accounts import selectors, services
from core.accounts.api.serializers import ApiKeySerializer
from core.accounts.domain import ApiKey, KeyScope, User
from core.api.idempotency import claim_of, once
from core.idempotency import Claim


def issue(request: Request, user: User, *, name: str, scope: KeyScope, expires_at: datetime | None) -> Response:
    """Make a key for the user.

    With an Idempotency-Key the secret is derived from it and the id, so that it need not be kept to be told again.
    """

    def make(claim: Claim) -> Response:
        key_id = ids.new_id()
        key, secret = services.api_key_create(
            user,
            name=name,
            scope=scope,
            expires_at=expires_at,
            key_id=key_id,
            secret=services.api_key_secret(claim.secret_material(key_id)),
            also=claim.also(key_id),
        )
        return Response(_issued(key, secret), status=201)

    def replay(key_id: str) -> dict[str, Any]:
        secret = services.api_key_secret(claim_of(request, user.username).secret_material(key_id))
        return _issued(selectors.api_key_get(secret), secret)

    return once(request, user.username, make=make, replay=replay)


def _issued(key: ApiKey, secret: str) -> dict[str, Any]:
    return {**ApiKeySerializer(key).data, "token": secret}
