"""Entries as a file, for a spreadsheet or a program."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from carbon import selectors
from carbon.api.requests import EntriesQuery, filters_of
from carbon.api.serializers import EntrySerializer
from carbon.domain.entry import Entry
from core import clock, money
from core.accounts.requests import ApiRequest
from core.api.negotiation import ProblemsAlone
from core.api.schema import page_of
from core.api.serializers import read_query
from core.downloads import csv_text, download, guarded, json_text
from core.errors import InvalidInput

COLUMNS = (
    "entry_id",
    "timestamp",
    "day",
    "category",
    "activity",
    "amount",
    "unit",
    "occupancy",
    "description",
    "kg_co2e",
    "kg_co2e_with_fuel_supply",
    "is_estimate",
    "expense_id",
    "factor_id",
    "factor_value",
    "factor_unit",
    "factor_source",
    "factor_year",
    "factor_region",
    "factor_licence",
)
CSV, JSON = "csv", "json"


class EntriesExportView(APIView):
    """The entries of a filter as a file."""

    content_negotiation_class = ProblemsAlone
    renderer_classes = [JSONRenderer]

    @extend_schema(
        operation_id="carbon_entries_export",
        parameters=[
            EntriesQuery,
            OpenApiParameter("format", str, enum=[CSV, JSON], description="The kind of file; csv if left out."),
        ],
        responses={
            (200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, description="Figures exactly as they are kept."),
            (200, "application/json"): page_of(EntrySerializer),
        },
        tags=["carbon"],
    )
    def get(self, request: ApiRequest) -> StreamingHttpResponse:
        """Exactly what `carbon/entries/` lists by the same filter on all its pages, in that order.

        Text in the CSV that begins like a formula has an apostrophe before it.
        """
        kind = request.query_params.get("format", CSV)
        if kind not in (CSV, JSON):
            raise InvalidInput({"format": ["Give csv or json."]})
        found = selectors.entries_every(request.user, **filters_of(read_query(EntriesQuery, request)))
        if kind == CSV:
            return download(request._request, "carbon-entries.csv", "text/csv", csv_text(COLUMNS, map(_cells, found)))
        items = (EntrySerializer(each).data for each in found)
        return download(request._request, "carbon-entries.json", "application/json", json_text(items))


def _cells(entry: Entry) -> list[str]:
    factor = entry.factor
    with_fuel_supply = entry.kg_with_fuel_supply
    return [
        entry.entry_id,
        clock.to_text(entry.timestamp),
        entry.day.isoformat(),
        entry.category,
        guarded(entry.activity),
        money.plain(entry.amount),
        guarded(entry.unit),
        str(entry.occupancy),
        guarded(entry.description),
        money.plain(entry.kg),
        "" if with_fuel_supply is None else money.plain(with_fuel_supply),
        "true" if entry.is_estimate else "false",
        entry.expense_id or "",
        guarded(factor.factor_id),
        money.plain(factor.kg_direct),
        factor.unit,
        guarded(factor.source),
        str(factor.year),
        factor.region,
        guarded(factor.licence),
    ]
