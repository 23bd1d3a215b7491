"""The endpoint of categories."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets import selectors, services
from budgets.api.requests.expenses import CategoryRequest, NamedQuery
from budgets.api.serializers import CategorySerializer
from budgets.domain.categories import new_category
from core.accounts.requests import ApiRequest
from core.api.idempotency import New, creates
from core.api.schema import page_of
from core.api.serializers import read_query


def _own(username: str, name: str) -> dict[str, Any]:
    return {"name": new_category(name), "own": True}


class CategoriesView(APIView):
    """Categories of expenses and budgets."""

    @extend_schema(responses=page_of(CategorySerializer), tags=["categories"])
    def get(self, request: ApiRequest) -> Response:
        """The eleven that everybody has, then the user's own."""
        definitions = selectors.definitions_of(request.user.username)
        items = [{"name": name, "own": name in definitions.own_categories} for name in definitions.categories]
        return Response({"items": [CategorySerializer(item).data for item in items], "next": None})

    @creates(CategoryRequest, CategorySerializer, get=_own, id_field="name", tags=["categories"])
    def post(self, request: ApiRequest, new: New) -> dict[str, Any]:
        """Add one of your own. The same name again is the same category."""
        own = _own(request.user.username, new.identifier)
        services.category_add(request.user, own["name"], also=new.also)
        return own

    @extend_schema(
        parameters=[NamedQuery],
        responses={204: None},
        tags=["categories"],
    )
    def delete(self, request: ApiRequest) -> Response:
        """Remove it from the choices; expenses of it keep it."""
        services.category_remove(request.user, read_query(NamedQuery, request)["name"])
        return Response(status=204)
