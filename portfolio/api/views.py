"""Endpoints of the portfolio."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.accounts.requests import ApiRequest, who
from core.api.idempotency import idempotent
from core.api.paging import cursor_of, limit_of, listed
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.idempotency import Claim
from core.ids import new_id
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
from portfolio.domain.cash import EntryType
from portfolio.domain.orders import OrderDraft
from portfolio.domain.trades import TradeDraft


def _movement_again(request: Request, client_id: str) -> Any:
    return LedgerEntrySerializer(selectors.movement_get(who(request).username, client_id)).data


def _trade_again(request: Request, client_id: str) -> Any:
    return TransactionSerializer(selectors.recorded_trade_get(who(request).username, client_id)).data


def _order_again(request: Request, order_id: str) -> Any:
    return OrderSerializer(selectors.order_get(who(request).username, order_id)).data


def _view_name(name: str, query: dict[str, Any]) -> str:
    """The list with its filters, for which alone a cursor is good."""
    return f"{name}?{sorted((field, str(value)) for field, value in query.items())}"


class PortfolioView(APIView):
    """The account."""

    @extend_schema(responses=PortfolioSerializer, tags=["portfolio"])
    def get(self, request: ApiRequest) -> Response:
        """Cash and holdings at the latest prices."""
        return Response(PortfolioSerializer(selectors.portfolio_of(request.user)).data)


class DepositsView(APIView):
    """Money paid in."""

    @extend_schema(request=MovementRequest, responses={201: LedgerEntrySerializer}, tags=["portfolio"])
    @idempotent(_movement_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Pay money in."""
        fields = read_body(MovementRequest, request)
        client_id = new_id()
        entry = services.deposit(request.user, **fields, transaction_id=client_id, also=claim.also(client_id))
        return Response(LedgerEntrySerializer(entry).data, status=201)


class WithdrawalsView(APIView):
    """Money taken out."""

    @extend_schema(request=MovementRequest, responses={201: LedgerEntrySerializer}, tags=["portfolio"])
    @idempotent(_movement_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Take money out."""
        fields = read_body(MovementRequest, request)
        client_id = new_id()
        entry = services.withdraw(request.user, **fields, transaction_id=client_id, also=claim.also(client_id))
        return Response(LedgerEntrySerializer(entry).data, status=201)


class LedgerView(APIView):
    """Movements of cash."""

    @extend_schema(
        responses=page_of(LedgerEntrySerializer), parameters=[LedgerQuery, *PAGE_PARAMETERS], tags=["portfolio"]
    )
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        query = read_query(LedgerQuery, request)
        view = _view_name("ledger", query)
        kind = EntryType(query.pop("kind")) if "kind" in query else None
        rows = selectors.ledger_of(
            request.user.username, limit_of(request), cursor_of(request, view=view), kind=kind, **query
        )
        return Response(listed(request, rows, lambda each: LedgerEntrySerializer(each).data, view=view))


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
        view = _view_name("transactions", query)
        rows = selectors.transactions_of(
            request.user.username, limit_of(request), cursor_of(request, view=view), **query
        )
        return Response(listed(request, rows, lambda each: TransactionSerializer(each).data, view=view))

    @extend_schema(request=TradeRequest, responses={201: TransactionSerializer}, tags=["transactions"])
    @idempotent(_trade_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Record a past trade, on a real book or beside simulated orders."""
        fields = read_body(TradeRequest, request)
        client_id = fields.pop("transaction_id", None) or new_id()
        draft = TradeDraft(**fields)
        trade = services.trade_record(request.user, transaction_id=client_id, draft=draft, also=claim.also(client_id))
        return Response(TransactionSerializer(trade).data, status=201)


class OrdersView(APIView):
    """Simulated orders."""

    @extend_schema(responses=page_of(OrderSerializer), parameters=[OrdersQuery, *PAGE_PARAMETERS], tags=["orders"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        query = read_query(OrdersQuery, request)
        view = _view_name("orders", query)
        rows = selectors.orders_newest(request.user.username, limit_of(request), cursor_of(request, view=view), **query)
        return Response(listed(request, rows, lambda each: OrderSerializer(each).data, view=view))

    @extend_schema(request=OrderRequest, responses={201: OrderSerializer}, tags=["orders"])
    @idempotent(_order_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Place a simulated order at the latest price; no exchange is contacted."""
        fields = read_body(OrderRequest, request)
        order_id = fields.pop("order_id", None) or new_id()
        draft = OrderDraft(**fields)
        order = services.order_place(request.user, order_id=order_id, draft=draft, also=claim.also(order_id))
        return Response(OrderSerializer(order).data, status=201)


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
