"""Endpoints of API keys. The answer that makes one holds the key; only a repeated request gets it again."""

from datetime import datetime, timedelta
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock, ids
from core.accounts import selectors, services
from core.accounts.api.serializers import ApiKeySerializer, IssuedKeySerializer, NewApiKeySerializer, TokenSerializer
from core.accounts.api.views import VisitorView
from core.accounts.domain import ApiKey, KeyScope, User
from core.accounts.requests import ApiRequest
from core.addresses import client_address
from core.api.idempotency import HEADER_PARAMETER, claim_of, once
from core.api.paging import limit_of, paged
from core.api.refusals import WITH_WHO, problems
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body
from core.idempotency import Claim
from core.paging import cursor_of

TOKEN_LIFE = timedelta(days=30)


class TokenView(VisitorView):
    """Exchange a name and a password for an API key."""

    @extend_schema(
        request=TokenSerializer,
        responses={201: IssuedKeySerializer, **problems(*WITH_WHO)},
        parameters=[HEADER_PARAMETER],
        tags=["auth"],
    )
    def post(self, request: Request) -> Response:
        """Make an API key; only this answer has the key itself."""
        fields = read_body(TokenSerializer, request)
        user = services.user_sign_in(fields["username"], fields["password"], address=client_address(request._request))
        return _issue(
            request,
            user,
            name=fields.get("name", "Token"),
            scope=fields.get("scope", "write"),
            expires_at=fields.get("expires_at", clock.now() + TOKEN_LIFE),
        )


class ApiKeysView(APIView):
    """API keys of the user."""

    @extend_schema(
        operation_id="api_keys_list", responses=page_of(ApiKeySerializer), parameters=PAGE_PARAMETERS, tags=["api-keys"]
    )
    def get(self, request: ApiRequest) -> Response:
        """Keys that are valid, newest first."""
        keys = selectors.api_keys_of(request.user.username, limit=limit_of(request), cursor=cursor_of(request))
        return paged(request, keys, ApiKeySerializer)

    @extend_schema(
        request=NewApiKeySerializer,
        responses={201: IssuedKeySerializer},
        parameters=[HEADER_PARAMETER],
        tags=["api-keys"],
    )
    def post(self, request: ApiRequest) -> Response:
        """Make a key; only this answer has the key itself."""
        fields = read_body(NewApiKeySerializer, request)
        return _issue(
            request,
            request.user,
            name=fields["name"],
            scope=fields.get("scope", "read"),
            expires_at=fields.get("expires_at"),
        )


class ApiKeyView(APIView):
    """One API key of the user."""

    @extend_schema(responses={204: None}, tags=["api-keys"])
    def delete(self, request: ApiRequest, key_id: str) -> Response:
        """Revoke the key; it stops working at once."""
        services.api_key_revoke(request.user.username, key_id)
        return Response(status=204)


def _issue(request: Request, user: User, *, name: str, scope: KeyScope, expires_at: datetime | None) -> Response:
    """Make a key. With an Idempotency-Key its secret is derived from that and the id, and need not be kept."""

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
