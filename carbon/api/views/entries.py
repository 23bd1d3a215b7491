"""Endpoints of the entries, and all of them as a file, for a spreadsheet or a program."""

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from carbon import selectors, services
from carbon.api.requests import EntriesQuery, EntryRequest, EntryVersion, check_category, draft_of, filter_of
from carbon.api.serializers import EntrySerializer
from carbon.domain.entry import Entry
from core import clock, money
from core.accounts.requests import ApiRequest
from core.api.exports import FORMAT, FileView, list_file
from core.api.idempotency import New, creates
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.downloads import guarded
from core.errors import InvalidInput
from core.paging import cursor_of

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


class EntriesView(APIView):
    """What the user did and what it emitted."""

    @extend_schema(responses=page_of(EntrySerializer), parameters=[EntriesQuery, *PAGE_PARAMETERS], tags=["carbon"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first, by the time of what was done."""
        query = read_query(EntriesQuery, request)
        rows = selectors.entries_newest(request.user, limit_of(request), cursor_of(request), filter_of(query))
        return paged(request, rows, EntrySerializer)

    @creates(EntryRequest, EntrySerializer, get=selectors.entry_get, id_field="entry_id", tags=["carbon"])
    def post(self, request: ApiRequest, new: New) -> Entry:
        """Add an entry; the answer says which factor was used."""
        check_category(new.fields)
        draft = draft_of(new.fields, now=clock.now())
        return services.entry_add(request.user, entry_id=new.identifier, draft=draft, also=new.also)


class EntryView(APIView):
    """One entry."""

    @extend_schema(responses=EntrySerializer, tags=["carbon"])
    def get(self, request: ApiRequest, entry_id: str) -> Response:
        """The entry with the factor that it keeps."""
        return Response(EntrySerializer(selectors.entry_get(request.user.username, entry_id)).data)

    @extend_schema(request=EntryVersion, responses=EntrySerializer, tags=["carbon"])
    def patch(self, request: ApiRequest, entry_id: str) -> Response:
        """Change what is given. An estimate takes activity, amount and unit, and is measured from then on."""
        fields = read_body(EntryVersion, request)
        version = fields.pop("version", None)
        entry = selectors.entry_get(request.user.username, entry_id)
        check_category(fields, entry)
        if entry.is_estimate:
            return Response(EntrySerializer(_measured(request, entry, fields, version)).data)
        changed = services.entry_change(request.user, entry_id, draft_of(fields, entry), version=version)
        return Response(EntrySerializer(changed).data)

    @extend_schema(responses={204: None}, tags=["carbon"])
    def delete(self, request: ApiRequest, entry_id: str) -> Response:
        """Delete it, also from every sum; an estimate is deleted with its expense."""
        services.entry_delete(request.user, entry_id)
        return Response(status=204)


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
            selectors.entries_every(request.user, filter_of(read_query(EntriesQuery, request))),
            columns=COLUMNS,
            cells_of=_cells,
            item_of=lambda each: EntrySerializer(each).data,
        )


def _measured(request: ApiRequest, entry: Entry, fields: dict[str, Any], version: int | None) -> Entry:
    needed = [name for name in ("activity", "amount", "unit") if name not in fields]
    if needed:
        raise InvalidInput({name: ["Enter this too: the estimate is of money."] for name in needed})
    return services.expense_measure(request.user, entry.entry_id, draft_of(fields, entry), version=version)


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
