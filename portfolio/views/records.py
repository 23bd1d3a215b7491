"""Pages that list what happened: orders, transactions, the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.form_errors import render_form
from core.money import ZERO
from core.paging import cursor_or_first
from market.selectors import assets_listed
from portfolio import selectors
from portfolio.account_settings import method_of
from portfolio.domain.cash import EntryType, LedgerEntry
from portfolio.domain.order_types import ORDER_TYPES
from portfolio.domain.trades import Trade
from portfolio.forms import LedgerFilter, OrdersFilter, TransactionsFilter

PAGE = 25
NOTHING: selectors.Rows[Any] = selectors.Rows((), None)


@dataclass(frozen=True, slots=True)
class TradeSums:
    """What the trades shown add up to, fees apart."""

    bought: Decimal
    sold: Decimal
    fees: Decimal


@dataclass(frozen=True, slots=True)
class CashSums:
    """What the movements shown brought in and took out."""

    paid_in: Decimal
    taken_out: Decimal


@require_safe
def orders(request: SignedInRequest) -> HttpResponse:
    """Orders, newest first."""
    form = OrdersFilter(request.GET, assets=assets_listed())
    rows = NOTHING
    if form.is_valid():
        asset_id = form.cleaned_data["asset"] or None
        rows = selectors.orders_newest(request.user.username, PAGE, cursor_or_first(request), asset_id=asset_id)
    return render_list(request, "portfolio/orders.html", form, rows)


@require_safe
def transactions(request: SignedInRequest) -> HttpResponse:
    """Executed trades, newest first."""
    form = TransactionsFilter(request.GET, assets=assets_listed())
    rows: selectors.Rows[Trade] = NOTHING
    if form.is_valid():
        fields = form.cleaned_data
        rows = selectors.trades_of(
            request.user.username,
            PAGE,
            cursor_or_first(request),
            asset_id=fields["asset"] or None,
            since=fields["from"],
            until=fields["to"],
        )
    return render_list(request, "portfolio/transactions.html", form, rows, sums=trade_sums(rows.items))


@require_safe
def ledger(request: SignedInRequest) -> HttpResponse:
    """Movements of cash, newest first."""
    form = LedgerFilter(request.GET)
    rows: selectors.Rows[LedgerEntry] = NOTHING
    if form.is_valid():
        fields = form.cleaned_data
        rows = selectors.ledger_of(
            request.user.username,
            PAGE,
            cursor_or_first(request),
            kind=EntryType(fields["type"]) if fields["type"] else None,
            since=fields["from"],
            until=fields["to"],
        )
    return render_list(request, "portfolio/ledger.html", form, rows, sums=cash_sums(rows.items))


@require_safe
def order(request: SignedInRequest, order_id: str) -> HttpResponse:
    """One order, and for a sale what it brought."""
    found = selectors.order_get(request.user.username, order_id)
    context = {
        "order": found,
        "order_type": ORDER_TYPES[found.type].label if found.type in ORDER_TYPES else found.type,
        "gain": selectors.gain_of(request.user, found),
        "method": method_of(request.user).label,
    }
    return render(request, "portfolio/order.html", context)


def trade_sums(items: Sequence[Trade]) -> TradeSums:
    """The sums of these trades."""
    amounts = {"buy": ZERO, "sell": ZERO}
    for each in items:
        amounts[each.fill.side] += each.fill.amount
    return TradeSums(amounts["buy"], amounts["sell"], sum((each.fill.fee for each in items), ZERO))


def cash_sums(items: Sequence[LedgerEntry]) -> CashSums:
    """The sums of these movements."""
    changes = [each.change for each in items]
    return CashSums(
        sum((each for each in changes if each > 0), ZERO), -sum((each for each in changes if each < 0), ZERO)
    )


def render_list(
    request: SignedInRequest, template: str, form: Form, rows: selectors.Rows[Any], **more: Any
) -> HttpResponse:
    """A page of the rows that a filter in the address lets through."""
    filtered = any(form.data.get(name) for name in form.fields)
    return render_form(request, template, form, filter=form, filtered=filtered, page=rows, **more)
