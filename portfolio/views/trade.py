"""The page that previews and places an order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import clock, money
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import UNPROCESSABLE, add_errors
from core.presentation import numbers
from market.selectors import assets_listed
from portfolio import selectors, services
from portfolio.domain.orders import MARKET_TYPE, Order
from portfolio.domain.preview import Preview
from portfolio.forms import PlaceForm, SizedForm

NAMES = {"asset_id": "asset", "quantity": "size", "amount": "size"}
"""Where the service's fields are on the form."""


@require_http_methods(["GET", "HEAD", "POST"])
def trade(request: SignedInRequest) -> HttpResponse:
    """Preview an order (GET, in the address) and place it (POST)."""
    if request.method == "POST":
        return _place(request)
    return _looked_at(request, request.GET)


def _place(request: SignedInRequest) -> HttpResponse:
    form = PlaceForm(request.POST)
    error: InvalidInput | Refused | None = None
    if form.is_valid():
        try:
            order = services.order_place(request.user, order_id=form.cleaned_data["id"], draft=form.draft)
        except (InvalidInput, Refused) as refused:
            error = refused
        else:
            messages.success(request, _done(order))
            return redirect("portfolio:order", order.order_id)
    return _looked_at(request, request.POST, error, status=UNPROCESSABLE)


def _looked_at(
    request: SignedInRequest, data: QueryDict, error: InvalidInput | Refused | None = None, status: int = 200
) -> HttpResponse:
    """The form, and the preview where it says how much; `error` is why an order was just not placed."""
    assets = [asset for asset in assets_listed() if asset.active or asset.asset_id == data.get("asset")]
    chosen = next((asset for asset in assets if asset.asset_id == data.get("asset")), assets[0] if assets else None)
    initial = {
        "side": data.get("side", "buy"),
        "asset": chosen.asset_id if chosen else "",
        "type": data.get("type", MARKET_TYPE),
        "by": data.get("by", "amount"),
    }
    asked = "size" in data or error is not None
    form = SizedForm(data, assets=assets) if asked else SizedForm(initial=initial, assets=assets)
    preview: Preview | None = None
    if asked and form.is_valid():
        try:
            preview = services.order_preview(request.user, form.draft)
        except (InvalidInput, Refused) as refused:
            error = error or refused
    if error:
        form.is_valid()
        add_errors(form, error, NAMES)
    now = clock.now()
    context: dict[str, Any] = {
        "form": form,
        "preview": preview,
        "place_form": PlaceForm(initial=_placed_values(form)) if preview else None,
        "prices_at": now - preview.asset.age(now) if preview else None,
    }
    if preview is None:
        means = selectors.means_of(request.user.username, chosen.asset_id if chosen else None)
        context |= {"chosen": chosen, "means": means, "all_of_it": money.plain(means.quantity)}
    if request.htmx:
        return render(request, "portfolio/trade_preview.html", context)
    return render(request, "portfolio/trade.html", context, status=status)


def _placed_values(form: SizedForm) -> dict[str, Any]:
    return {name: form.data.get(name, "") for name in ("side", "asset", "type", "by", "size")}


def _done(order: Order) -> str:
    fill = order.fill
    if fill is None:
        return f"Placed: {order.side} {order.symbol}."
    verb = "Bought" if order.side == "buy" else "Sold"
    return (
        f"{verb} {numbers.quantity(fill.quantity)} {order.symbol} at {numbers.price(fill.price)} "
        f"for {numbers.money(fill.amount)}."
    )
