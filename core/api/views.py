"""The API's own pages: what error codes mean, and what is told where there is nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.schema import page_of
from core.codes import codes
from core.errors import NotFound


class ErrorCodeSerializer(serializers.Serializer[Any]):
    """One error code."""

    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    about = serializers.CharField()


def _described(code: str) -> dict[str, Any]:
    known = codes()[code]
    return {"code": code, "status": known.status, "title": known.title, "about": known.about}


class ErrorCodesView(APIView):
    """Every error code and what it means."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="error_codes_list", responses=page_of(ErrorCodeSerializer), tags=["errors"])
    def get(self, request: Request) -> Response:
        """All codes."""
        return Response({"items": [_described(code) for code in codes()], "next": None})


class ErrorCodeView(APIView):
    """What one error code means; the `type` of a problem is this address."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="error_codes_read", responses=ErrorCodeSerializer, tags=["errors"])
    def get(self, request: Request, code: str) -> Response:
        """One code."""
        if code not in codes():
            raise NotFound("That code")
        return Response(_described(code))


@extend_schema(exclude=True)
class NothingHereView(APIView):
    """Answers every address below `/api/` that leads nowhere."""

    authentication_classes = []
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses whatever the method. Raises Http404."""
        super().initial(request, *args, **kwargs)
        raise Http404
