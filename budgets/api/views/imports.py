"""Endpoints of imports."""

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets.api.requests.imports import ConfirmRequest, ImportRequest, LayoutRequest, RowsQuery, draft_of
from budgets.api.serializers import ImportRowSerializer, ImportSerializer
from budgets.domain.importing.record import Choices, Import
from budgets.domain.importing.sheet import LARGEST_FILE
from budgets.selectors.imports import import_get, import_rows, imports_newest
from budgets.services.imports import import_confirm, import_discard, import_layout, import_undo, import_upload
from core.accounts.requests import ApiRequest
from core.api.idempotency import New, creates
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.paging import cursor_of, slice_of

ACCEPTED = 202


class ImportsView(APIView):
    """Imports of the user."""

    parser_classes = [MultiPartParser]

    @extend_schema(responses=page_of(ImportSerializer), parameters=PAGE_PARAMETERS, tags=["imports"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        rows = imports_newest(request.user.username, limit_of(request), cursor_of(request))
        return paged(request, rows, ImportSerializer)

    @creates(ImportRequest, ImportSerializer, get=import_get, id_field="import_id", tags=["imports"])
    def post(self, request: ApiRequest, new: New) -> Import:
        """Upload a file. Nothing is added before it is confirmed; where `questions` is not empty, PATCH first."""
        return import_upload(
            request.user,
            import_id=new.identifier,
            file_name=new.fields["file"].name,
            content=new.fields["file"].read(LARGEST_FILE + 1),
            layout=draft_of(new.fields),
            also=new.also,
        )


class ImportView(APIView):
    """One import."""

    @extend_schema(responses=ImportSerializer, tags=["imports"])
    def get(self, request: ApiRequest, import_id: str) -> Response:
        """Its state."""
        return Response(ImportSerializer(import_get(request.user.username, import_id)).data)

    @extend_schema(request=LayoutRequest, responses=ImportSerializer, tags=["imports"])
    def patch(self, request: ApiRequest, import_id: str) -> Response:
        """Say how the file is read; its rows are checked again."""
        layout = draft_of(read_body(LayoutRequest, request))
        return Response(ImportSerializer(import_layout(request.user, import_id, layout)).data)

    @extend_schema(request=None, responses={202: ImportSerializer, 204: None}, tags=["imports"])
    def delete(self, request: ApiRequest, import_id: str) -> Response:
        """Discard it if it has added nothing (204), else remove all that it added (202)."""
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
        found = import_get(request.user.username, import_id)
        rows = [row for row in import_rows(found) or () if state in (None, row.state)]
        return paged(request, slice_of(rows, limit_of(request), cursor_of(request)), ImportRowSerializer)


class ImportConfirmView(APIView):
    """The confirmation of an import."""

    @creates(ConfirmRequest, ImportSerializer, get=import_get, id_field="import_id", status=ACCEPTED, tags=["imports"])
    def post(self, request: ApiRequest, new: New) -> Import:
        """Have its rows added; GET says how far it is."""
        choices = Choices(new.fields["credits"], new.fields["alike"], tuple(new.fields["include"]))
        return import_confirm(request.user, new.identifier, choices, also=new.also)
