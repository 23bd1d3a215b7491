"""Endpoints of the own account."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.accounts import selectors, services
from core.accounts.api.serializers import (
    AddressTokenSerializer,
    CloseSerializer,
    ProfileChangeSerializer,
    ProfileSerializer,
    RegisterSerializer,
    UsageSerializer,
)
from core.accounts.requests import ApiRequest
from core.api.idempotency import HEADER_PARAMETER, once
from core.api.serializers import read_body
from core.api.throttles import PerAddress, SignIns
from core.idempotency import Claim
from core.usage.selectors import usage_of


class VisitorView(APIView):
    """An endpoint for visitors too: of each address as many requests as sign-ins."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [PerAddress, SignIns]


class RegisterView(VisitorView):
    """Create an account."""

    @extend_schema(
        request=RegisterSerializer, responses={201: ProfileSerializer}, parameters=[HEADER_PARAMETER], tags=["auth"]
    )
    def post(self, request: Request) -> Response:
        """Create an account; it signs in with `auth/token/`."""
        fields = read_body(RegisterSerializer, request)
        username = fields["username"].strip().lower()

        def make(claim: Claim) -> Response:
            user = services.user_sign_up(**fields, also=claim.also(username))
            return Response(ProfileSerializer(user).data, status=201)

        return once(request, username, make=make, replay=lambda name: ProfileSerializer(selectors.user_get(name)).data)


class MeView(APIView):
    """Your account."""

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
        """Close the account, with its password: it is closed at once, and everything in it is deleted permanently.

        An API key alone is not enough. A wrong password is a 400 on the field `password`; after five of them within
        300 seconds this answers 429 `locked_out`, as the page does. Once closed, the key is refused.
        """
        services.account_close_confirmed(request.user, read_body(CloseSerializer, request)["password"])
        return Response(status=204)


class AddressLinkView(APIView):
    """The link that confirms your address."""

    @extend_schema(request=None, responses={204: None}, tags=["auth"])
    def post(self, request: ApiRequest) -> Response:
        """Mail it again."""
        services.address_link_request(request.user)
        return Response(status=204)


class AddressConfirmView(VisitorView):
    """Confirming an address."""

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
