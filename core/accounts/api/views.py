"""Endpoints of the own account."""

from datetime import timedelta

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.accounts import selectors, services
from core.accounts.api import issuing
from core.accounts.api.serializers import (
    AddressTokenSerializer,
    ApiKeySerializer,
    CloseSerializer,
    IssuedKeySerializer,
    NewApiKeySerializer,
    ProfileChangeSerializer,
    ProfileSerializer,
    RegisterSerializer,
    TokenSerializer,
    UsageSerializer,
)
from core.accounts.requests import ApiRequest
from core.addresses import client_address
from core.api.idempotency import HEADER_PARAMETER, once
from core.api.paging import limit_of, paged
from core.api.refusals import WITH_WHO, problems
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body
from core.api.throttles import PerAddress, SignIns
from core.idempotency import Claim
from core.paging import cursor_of
from core.usage.selectors import usage_of

TOKEN_LIFE = timedelta(days=30)


class RegisterView(APIView):
    """Make an account."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [PerAddress, SignIns]

    @extend_schema(
        request=RegisterSerializer, responses={201: ProfileSerializer}, parameters=[HEADER_PARAMETER], tags=["auth"]
    )
    def post(self, request: Request) -> Response:
        """Make an account; it signs in with `auth/token/`."""
        fields = read_body(RegisterSerializer, request)
        username = fields["username"].strip().lower()

        def make(claim: Claim) -> Response:
            user = services.user_sign_up(**fields, also=claim.also(username))
            return Response(ProfileSerializer(user).data, status=201)

        return once(request, username, make=make, replay=lambda name: ProfileSerializer(selectors.user_get(name)).data)


class TokenView(APIView):
    """Exchange a name and a password for an API key."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [PerAddress, SignIns]

    @extend_schema(
        request=TokenSerializer,
        responses={201: IssuedKeySerializer, **problems(*WITH_WHO)},
        parameters=[HEADER_PARAMETER],
        tags=["auth"],
    )
    def post(self, request: Request) -> Response:
        """Make an API key; the answer holds the only sight of it."""
        fields = read_body(TokenSerializer, request)
        user = services.user_sign_in(fields["username"], fields["password"], address=client_address(request._request))
        return issuing.issue(
            request,
            user,
            name=fields.get("name", "Token"),
            scope=fields.get("scope", "write"),
            expires_at=fields.get("expires_at", clock.now() + TOKEN_LIFE),
        )


class MeView(APIView):
    """The own account."""

    @extend_schema(responses=ProfileSerializer, tags=["auth"])
    def get(self, request: ApiRequest) -> Response:
        """The profile."""
        return Response(ProfileSerializer(request.user).data)

    @extend_schema(request=ProfileChangeSerializer, responses=ProfileSerializer, tags=["auth"])
    def patch(self, request: ApiRequest) -> Response:
        """Change parts of the profile."""
        fields = read_body(ProfileChangeSerializer, request, partial=True)
        return Response(ProfileSerializer(services.profile_change(request.user, **fields)).data)

    @extend_schema(request=CloseSerializer, responses={204: None}, tags=["auth"])
    def delete(self, request: ApiRequest) -> Response:
        """Close the account, with its password: it is shut at once, and everything in it is deleted for good.

        An API key alone closes nothing. A wrong password is a 400 on the field `password`; after five of them within
        300 seconds this answers 429 `locked_out`, as the page does. Once closed, the key is refused.
        """
        services.account_close_confirmed(request.user, read_body(CloseSerializer, request)["password"])
        return Response(status=204)


class AddressLinkView(APIView):
    """The link that confirms the own address."""

    @extend_schema(request=None, responses={204: None}, tags=["auth"])
    def post(self, request: ApiRequest) -> Response:
        """Mail it again."""
        services.address_link_request(request.user)
        return Response(status=204)


class AddressConfirmView(APIView):
    """Confirming an address."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [PerAddress, SignIns]

    @extend_schema(request=AddressTokenSerializer, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        """Confirm the address that a link was mailed to; the token is enough, and may come twice."""
        services.address_confirm(read_body(AddressTokenSerializer, request)["token"])
        return Response(status=204)


class UsageView(APIView):
    """What the account keeps."""

    @extend_schema(responses=UsageSerializer, tags=["auth"])
    def get(self, request: ApiRequest) -> Response:
        """How much of each figure is kept, and its quota."""
        used = {each.quota.figure: each for each in usage_of(request.user.username)}
        return Response(UsageSerializer({"usage": used}).data)


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
        """Make a key; the answer holds the only sight of it."""
        fields = read_body(NewApiKeySerializer, request)
        return issuing.issue(
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
        """Revoke the key: it is void at once."""
        services.api_key_revoke(request.user.username, key_id)
        return Response(status=204)
