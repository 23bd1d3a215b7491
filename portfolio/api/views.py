"""Endpoints of the portfolio."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from core.accounts.requests import ApiRequest
from core.api.idempotency import New, creates
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.paging import cursor_of
from portfolio import selectors, services
from portfolio.api.requests import (
    LedgerQuery,
    MovementRequest,
    OrderRequest,
    OrdersQuery,
    SizedRequest,
    TradeRequest,
    TransactionsQuery,
)
from portfolio.api.serializers import (
    LedgerEntrySerializer,
    OrderSerializer,
    PortfolioSerializer,
    PreviewSerializer,
    TransactionSerializer,
)
from portfolio.domain.movements import MovementDraft
from portfolio.domain.orders import OrderDraft
from portfolio.domain.trades import TradeDraft
from portfolio.selectors import EntryType, LedgerEntry, Order, Trade


class PortfolioView(APIView):
    """The account."""

    @extend_schema(responses=PortfolioSerializer, tags=["portfolio"])
    def get(self, request: ApiRequest) -> Response:
        """Cash and holdings at the latest prices."""
        return Response(PortfolioSerializer(selectors.portfolio_of(request.user)).data)


class DepositsView(APIView):
    """Money paid in."""

    @creates(MovementRequest, LedgerEntrySerializer, get=selectors.movement_get, tags=["portfolio"])
    def post(self, request: ApiRequest, new: New) -> LedgerEntry:
        """Pay money in."""
        return services.deposit(
            request.user, client_id=new.identifier, draft=MovementDraft(**new.fields), also=new.also
        )


class WithdrawalsView(APIView):
    """Money taken out."""

    @creates(MovementRequest, LedgerEntrySerializer, get=selectors.movement_get, tags=["portfolio"])
    def post(self, request: ApiRequest, new: New) -> LedgerEntry:
        """Take money out."""
        return services.withdraw(
            request.user, client_id=new.identifier, draft=MovementDraft(**new.fields), also=new.also
        )


class LedgerView(APIView):
    """The ledger of the cash."""

    @extend_schema(
        responses=page_of(LedgerEntrySerializer), parameters=[LedgerQuery, *PAGE_PARAMETERS], tags=["portfolio"]
    )
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        query = read_query(LedgerQuery, request)
        kind = EntryType(query.pop("kind")) if "kind" in query else None
        rows = selectors.ledger_of(request.user.username, limit_of(request), cursor_of(request), kind=kind, **query)
        return paged(request, rows, LedgerEntrySerializer)


class TransactionsView(APIView):
    """Executed trades."""

    @extend_schema(
        responses=page_of(TransactionSerializer),
        parameters=[TransactionsQuery, *PAGE_PARAMETERS],
        tags=["transactions"],
    )
    def get(self, request: ApiRequest) -> Response:
        """Newest first, by the time of the trade."""
        query = read_query(TransactionsQuery, request)
        rows = selectors.trades_of(request.user.username, limit_of(request), cursor_of(request), **query)
        return paged(request, rows, TransactionSerializer)

    @creates(
        TradeRequest,
        TransactionSerializer,
        get=selectors.recorded_trade_get,
        id_field="transaction_id",
        tags=["transactions"],
    )
    def post(self, request: ApiRequest, new: New) -> Trade:
        """Record a past trade, in an empty or a practice account."""
        draft = TradeDraft(**new.fields)
        return services.trade_record(request.user, trade_id=new.identifier, draft=draft, also=new.also)


class OrdersView(APIView):
    """Simulated orders."""

    @extend_schema(responses=page_of(OrderSerializer), parameters=[OrdersQuery, *PAGE_PARAMETERS], tags=["orders"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        query = read_query(OrdersQuery, request)
        rows = selectors.orders_newest(request.user.username, limit_of(request), cursor_of(request), **query)
        return paged(request, rows, OrderSerializer)

    @creates(OrderRequest, OrderSerializer, get=selectors.order_get, id_field="order_id", tags=["orders"])
    def post(self, request: ApiRequest, new: New) -> Order:
        """Place a simulated order at the latest price; no exchange is contacted."""
        draft = OrderDraft(**new.fields)
        return services.order_place(request.user, order_id=new.identifier, draft=draft, also=new.also)


class OrderPreviewView(APIView):
    """What an order would do."""

    @extend_schema(request=SizedRequest, responses={200: PreviewSerializer}, tags=["orders"])
    def post(self, request: ApiRequest) -> Response:
        """Cost, fee, gain and what would be left; refused as the order itself would be. Nothing is changed."""
        preview = services.order_preview(request.user, OrderDraft(**read_body(SizedRequest, request)))
        if preview.refusal:
            raise preview.refusal
        return Response(PreviewSerializer(preview).data)


class OrderView(APIView):
    """One order."""

    @extend_schema(responses=OrderSerializer, tags=["orders"])
    def get(self, request: ApiRequest, order_id: str) -> Response:
        """The order."""
        return Response(OrderSerializer(selectors.order_get(request.user.username, order_id)).data)
