"""The endpoint of categories."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets import selectors, services
from budgets.api.requests.expenses import CategoryRequest, NamedQuery
from budgets.api.serializers import CategorySerializer
from budgets.domain.categories import new_category
from core.accounts.requests import ApiRequest
from core.api.idempotency import idempotent
from core.api.schema import page_of
from core.api.serializers import read_body, read_query
from core.idempotency import Claim


def _own(name: str) -> Any:
    return CategorySerializer({"name": name, "own": True}).data


def _category_again(request: Request, name: str) -> Any:
    return _own(name)


class CategoriesView(APIView):
    """Categories of expenses and budgets."""

    @extend_schema(responses=page_of(CategorySerializer), tags=["categories"])
    def get(self, request: ApiRequest) -> Response:
        """The eleven that everybody has, then the user's own."""
        definitions = selectors.definitions_of(request.user.username)
        items = [{"name": name, "own": name in definitions.own_categories} for name in definitions.categories]
        return Response({"items": [CategorySerializer(item).data for item in items], "next": None})

    @extend_schema(request=CategoryRequest, responses={201: CategorySerializer}, tags=["categories"])
    @idempotent(_category_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Add one of your own. The same name again is the same category."""
        name = new_category(read_body(CategoryRequest, request)["name"])
        services.category_add(request.user, name, also=claim.also(name))
        return Response(_own(name), status=201)

    @extend_schema(
        parameters=[NamedQuery],
        responses={204: None},
        tags=["categories"],
    )
    def delete(self, request: ApiRequest) -> Response:
        """Offer it no more; expenses of it keep it."""
        services.category_remove(request.user, read_query(NamedQuery, request)["name"])
        return Response(status=204)
