"""Pages of the staff about the market."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit, clock
from core.accounts.requests import SignedInRequest
from core.console.guard import staff_page
from core.downloads import download, json_text
from core.errors import CryptoPulseError, InvalidInput, Refused
from core.form_errors import UNPROCESSABLE, add_errors, render_form
from market import presentation, selectors, services
from market.console.export import asset_items, assets_csv
from market.console.forms import ActiveForm, AssetEditForm, NewAssetForm
from market.domain import Asset, matching, movers, statistics_of
from market.rights import CHANGE_ASSETS, SEE_MARKET_STATISTICS

MOVERS = 10
ENTRIES = 5
LONGEST_SEARCH = 50


@never_cache
@staff_page(SEE_MARKET_STATISTICS)
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Averages and sums over all assets, and those that gained and lost most; 1 store request."""
    now = clock.now()
    assets = selectors.assets_listed()
    gainers, losers = movers(assets, MOVERS)
    context = {
        "statistics": statistics_of(assets, now),
        "gainers": presentation.asset_rows(gainers, now),
        "losers": presentation.asset_rows(losers, now),
        "prices_at": selectors.oldest_price_at([*gainers, *losers], now),
    }
    return render(request, "console/market.html", context)


@staff_page(SEE_MARKET_STATISTICS)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Every asset with its figures as a file, CSV unless the address asks for JSON."""
    now = clock.now()
    assets = selectors.assets_listed()
    name = f"cryptopulse-assets-{now:%Y-%m-%d}"
    if request.GET.get("format") == "json":
        return download(request, f"{name}.json", "application/json", json_text(asset_items(assets, now)))
    return download(request, f"{name}.csv", "text/csv", assets_csv(assets, now))


@staff_page(CHANGE_ASSETS)
@require_safe
def asset_list(request: HttpRequest) -> HttpResponse:
    """Every asset, inactive ones too, or those found by words."""
    words = request.GET.get("q", "")[:LONGEST_SEARCH]
    found = matching(selectors.assets_listed(), words)
    return render(request, "console/assets.html", {"rows": presentation.asset_rows(found, clock.now()), "words": words})


@staff_page(CHANGE_ASSETS)
@require_http_methods(["GET", "POST"])
def asset_add(request: SignedInRequest) -> HttpResponse:
    """Adds an asset."""
    form = NewAssetForm(request.POST or None)
    if form.is_valid():
        try:
            asset = services.asset_add(**form.cleaned_data, by=request.user)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{asset.name} was added. It can be bought once a feed has a price for it.")
            return redirect("staff:asset", asset.asset_id)
    return render_form(request, "console/asset_add.html", form)


@never_cache
@staff_page(CHANGE_ASSETS)
@require_http_methods(["GET", "POST"])
def asset_edit(request: SignedInRequest, asset_id: str) -> HttpResponse:
    """One asset as the staff see it, with the form that changes its name."""
    asset = selectors.asset_get(asset_id)
    form = AssetEditForm(request.POST or None, initial=AssetEditForm.initial_of(asset))
    if form.is_valid():
        entered = dict(form.cleaned_data)
        try:
            asset = services.asset_change(asset_id, seen=entered.pop("version"), **entered, by=request.user)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{asset.name} was saved.")
            return redirect("staff:asset", asset_id)
    return _page(request, asset, form=form)


@staff_page(CHANGE_ASSETS)
@require_POST
def asset_active(request: SignedInRequest, asset_id: str) -> HttpResponse:
    """Deactivates an asset, which can then be sold but not bought, or activates it again."""
    asset = selectors.asset_get(asset_id)
    form = ActiveForm(request.POST)
    if form.is_valid():
        active = form.cleaned_data["active"] == "on"
        try:
            services.asset_change(asset_id, active=active, by=request.user, reason=form.cleaned_data["reason"])
        except CryptoPulseError as error:
            add_errors(form, error)
        else:
            outcome = "can be bought again" if active else "can no longer be bought; it can still be sold"
            messages.success(request, f"{asset.name} {outcome}.")
            return redirect("staff:asset", asset_id)
    return _page(request, asset, active_form=form)


def _page(
    request: SignedInRequest, asset: Asset, *, form: AssetEditForm | None = None, active_form: ActiveForm | None = None
) -> HttpResponse:
    return render_form(
        request,
        "console/asset.html",
        form or AssetEditForm(initial=AssetEditForm.initial_of(asset)),
        status=UNPROCESSABLE if active_form else None,
        asset=asset,
        is_stale=asset.is_stale(clock.now()),
        active_form=active_form or ActiveForm(),
        entries=audit.entries_of(f"asset#{asset.asset_id}", ENTRIES).items,
    )
