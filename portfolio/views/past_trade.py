"""The page that records a past trade."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form
from core.presentation import numbers
from market.selectors import assets_listed
from portfolio import services
from portfolio.forms import TradeForm

PAGE = "portfolio/transaction_add.html"


@require_http_methods(["GET", "HEAD", "POST"])
def transaction_add(request: SignedInRequest) -> HttpResponse:
    """Record a trade made elsewhere."""
    assets = assets_listed()
    if request.method != "POST":
        form = TradeForm(initial={"asset": request.GET.get("asset", "")}, assets=assets)
        return render_form(request, PAGE, form)
    form = TradeForm(request.POST, assets=assets)
    if form.is_valid():
        try:
            trade = services.trade_record(request.user, trade_id=form.cleaned_data["id"], draft=form.draft)
        except (InvalidInput, Refused) as error:
            add_errors(form, error, {"asset_id": "asset"})
        else:
            messages.success(
                request,
                f"Recorded: {'bought' if trade.fill.side == 'buy' else 'sold'} "
                f"{numbers.quantity(trade.fill.quantity)} {trade.symbol} at {numbers.price(trade.fill.price)}.",
            )
            return redirect("portfolio:transactions")
    return render_form(request, PAGE, form)
