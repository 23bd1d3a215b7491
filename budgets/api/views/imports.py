"""Endpoints of imports."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets.api.requests.imports import ConfirmRequest, ImportRequest, LayoutRequest, RowsQuery, wishes_of
from budgets.api.serializers import ImportRowSerializer, ImportSerializer
from budgets.domain.importing.record import Choices
from budgets.domain.importing.sheet import LARGEST_FILE
from budgets.selectors.imports import import_get, import_rows, imports_newest
from budgets.services.imports import import_confirm, import_discard, import_layout, import_undo, import_upload
from core.accounts.requests import ApiRequest, who
from core.api.idempotency import idempotent
from core.api.paging import cursor_of, limit_of, listed
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.idempotency import Claim
from core.ids import new_id
from core.reading import Rows

ACCEPTED = 202


def _import_again(request: Request, import_id: str) -> Any:
    return ImportSerializer(import_get(who(request).username, import_id)).data


class ImportsView(APIView):
    """Imports of the user."""

    parser_classes = [MultiPartParser]

    @extend_schema(responses=page_of(ImportSerializer), parameters=PAGE_PARAMETERS, tags=["imports"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        rows = imports_newest(request.user.username, limit_of(request), cursor_of(request, view="imports"))
        return Response(listed(request, rows, lambda each: ImportSerializer(each).data, view="imports"))

    @extend_schema(request={"multipart/form-data": ImportRequest}, responses={201: ImportSerializer}, tags=["imports"])
    @idempotent(_import_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Upload a file. Nothing is added before it is confirmed; where `questions` is not empty, PATCH first."""
        fields = read_body(ImportRequest, request)
        import_id = fields.get("import_id") or new_id()
        found = import_upload(
            request.user,
            import_id=import_id,
            file_name=fields["file"].name,
            content=fields["file"].read(LARGEST_FILE + 1),
            wishes=wishes_of(fields),
            also=claim.also(import_id),
        )
        return Response(ImportSerializer(found).data, status=201)


class ImportView(APIView):
    """One import."""

    @extend_schema(responses=ImportSerializer, tags=["imports"])
    def get(self, request: ApiRequest, import_id: str) -> Response:
        """Where it stands."""
        return Response(ImportSerializer(import_get(request.user.username, import_id)).data)

    @extend_schema(request=LayoutRequest, responses=ImportSerializer, tags=["imports"])
    def patch(self, request: ApiRequest, import_id: str) -> Response:
        """Say how the file is read; its rows are judged anew."""
        wishes = wishes_of(read_body(LayoutRequest, request))
        return Response(ImportSerializer(import_layout(request.user, import_id, wishes)).data)

    @extend_schema(request=None, responses={202: ImportSerializer, 204: None}, tags=["imports"])
    def delete(self, request: ApiRequest, import_id: str) -> Response:
        """Discard one that has added nothing (204), else have all it added taken away again (202)."""
        if import_get(request.user.username, import_id).status.is_draft:
            import_discard(request.user, import_id)
            return Response(status=204)
        return Response(ImportSerializer(import_undo(request.user, import_id)).data, status=ACCEPTED)


class ImportRowsView(APIView):
    """The rows of an import's file."""

    @extend_schema(responses=page_of(ImportRowSerializer), parameters=[RowsQuery, *PAGE_PARAMETERS], tags=["imports"])
    def get(self, request: ApiRequest, import_id: str) -> Response:
        """In the order of the file; none while a question is open, or 40 days after the upload."""
        state = read_query(RowsQuery, request).get("state")
        view = f"import-rows:{import_id}:{state}"
        cursor, limit = cursor_of(request, view=view), limit_of(request)
        found = import_get(request.user.username, import_id)
        rows = [row for row in import_rows(found) or () if state in (None, row.state)]
        start = 0 if cursor is None else int(cursor["start"])
        following = {"start": start + limit} if start + limit < len(rows) else None
        page = Rows(tuple(rows[start : start + limit]), following)
        return Response(listed(request, page, lambda each: ImportRowSerializer(each).data, view=view))


class ImportConfirmView(APIView):
    """The confirmation of an import."""

    @extend_schema(request=ConfirmRequest, responses={202: ImportSerializer}, tags=["imports"])
    @idempotent(_import_again)
    def post(self, request: ApiRequest, import_id: str, *, claim: Claim) -> Response:
        """Have its rows added; GET says how far it is."""
        said = read_body(ConfirmRequest, request)
        choices = Choices(said["credits"], said["alike"], tuple(said["include"]))
        also = claim.also(import_id, status=ACCEPTED)
        found = import_confirm(request.user, import_id, choices, also=also)
        return Response(ImportSerializer(found).data, status=ACCEPTED)
