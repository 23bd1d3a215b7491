"""Entries as a file, for a spreadsheet or a program."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema

from carbon import selectors
from carbon.api.requests import EntriesQuery, filters_of
from carbon.api.serializers import EntrySerializer
from carbon.domain.entry import Entry
from core import clock, money
from core.accounts.requests import ApiRequest
from core.api.exports import FORMAT, FileView, list_file
from core.api.schema import page_of
from core.api.serializers import read_query
from core.downloads import guarded

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


class EntriesExportView(FileView):
    """The entries of a filter as a file."""

    @extend_schema(
        operation_id="carbon_entries_export",
        parameters=[EntriesQuery, FORMAT],
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
        return list_file(
            request,
            "carbon-entries",
            selectors.entries_every(request.user, **filters_of(read_query(EntriesQuery, request))),
            columns=COLUMNS,
            cells_of=_cells,
            item_of=lambda each: EntrySerializer(each).data,
        )


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
