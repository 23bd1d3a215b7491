"""Endpoints of the staff about trading."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_query
from core.console.guard import staff_right
from core.paging import cursor_of
from market.selectors import asset_get
from portfolio import selectors
from portfolio.console.api.requests import EveryonesQuery
from portfolio.console.api.serializers import HolderSerializer, StaffTransactionSerializer
from portfolio.rights import SEE_TRANSACTIONS

TAGS = ["staff"]


class StaffTransactionsView(APIView):
    """Trades of everyone."""

    permission_classes = [staff_right(SEE_TRANSACTIONS)]

    @extend_schema(
        operation_id="staff_transactions_list",
        parameters=[EveryonesQuery, *PAGE_PARAMETERS],
        responses=page_of(StaffTransactionSerializer),
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        """Newest first; of everyone, a page reads five days at most, and may be empty with a `next`."""
        query = read_query(EveryonesQuery, request)
        limit, cursor = limit_of(request), cursor_of(request)
        until = min(query["until"], clock.now().date()) if "until" in query else None
        if "user" in query:
            rows = selectors.trades_of(query["user"].strip().lower(), limit, cursor, until=until)
        else:
            rows = selectors.trades_of_everyone(limit, cursor, until=until)
        return paged(request, rows, StaffTransactionSerializer)


class HoldersView(APIView):
    """Holders of an asset."""

    permission_classes = [staff_right(SEE_TRANSACTIONS)]

    @extend_schema(
        operation_id="staff_holders_list", parameters=PAGE_PARAMETERS, responses=page_of(HolderSerializer), tags=TAGS
    )
    def get(self, request: Request, asset_id: str) -> Response:
        """Who holds the asset, by name."""
        limit, cursor = limit_of(request), cursor_of(request)
        rows = selectors.holders_of(asset_get(asset_id).asset_id, limit, cursor)
        return paged(request, rows, HolderSerializer)
