"""Endpoints of the entries, and all of them as a file, for a spreadsheet or a program."""

from __future__ import annotations

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from carbon import selectors, services
from carbon.api.requests import EntriesQuery, EntryRequest, EntryVersion, check_category, draft_of, filters_of
from carbon.api.serializers import EntrySerializer
from carbon.domain.entry import Entry
from core import clock, money
from core.accounts.requests import ApiRequest, who
from core.api.exports import FORMAT, FileView, list_file
from core.api.idempotency import idempotent
from core.api.paging import cursor_of, limit_of, listed
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.downloads import guarded
from core.errors import InvalidInput
from core.idempotency import Claim
from core.ids import new_id

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


def _entry_again(request: Request, entry_id: str) -> Any:
    return EntrySerializer(selectors.entry_get(who(request).username, entry_id)).data


class EntriesView(APIView):
    """What the user did and what it emitted."""

    @extend_schema(responses=page_of(EntrySerializer), parameters=[EntriesQuery, *PAGE_PARAMETERS], tags=["carbon"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first, by the time of what was done."""
        query = read_query(EntriesQuery, request)
        view = f"carbon-entries?{sorted((name, str(value)) for name, value in query.items())}"
        rows = selectors.entries_newest(
            request.user, limit_of(request), cursor_of(request, view=view), **filters_of(query)
        )
        return Response(listed(request, rows, lambda each: EntrySerializer(each).data, view=view))

    @extend_schema(request=EntryRequest, responses={201: EntrySerializer}, tags=["carbon"])
    @idempotent(_entry_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Add an entry; the answer says by which factor it was worked out."""
        fields = read_body(EntryRequest, request)
        entry_id = fields.pop("entry_id", None) or new_id()
        check_category(fields)
        draft = draft_of(fields, now=clock.now())
        entry = services.entry_add(request.user, entry_id=entry_id, draft=draft, also=claim.also(entry_id))
        return Response(EntrySerializer(entry).data, status=201)


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
        """Take it away and out of every sum; an estimate goes with its expense instead."""
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
            selectors.entries_every(request.user, **filters_of(read_query(EntriesQuery, request))),
            columns=COLUMNS,
            cells_of=_cells,
            item_of=lambda each: EntrySerializer(each).data,
        )


def _measured(request: ApiRequest, entry: Entry, fields: dict[str, Any], version: int | None) -> Entry:
    missing = {
        name: ["Say it too: the estimate is of money."] for name in ("activity", "amount", "unit") if name not in fields
    }
    if missing:
        raise InvalidInput(missing)
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
