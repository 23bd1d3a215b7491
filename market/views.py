"""Pages of the market, open to everybody."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from core import clock
from core.accounts.domain import User
from core.accounts.guard import public
from core.accounts.requests import SignedInRequest, who
from core.errors import InvalidInput
from market import domain, presentation, selectors, services
from market.domain import INTERVALS, Asset, in_order, matching
from market.forms import ListForm, StarForm

REFRESH_SECONDS = 15
DEFAULT_INTERVAL = "1h"
MOVERS = 10
MOST_MOVED = 100


class MarketRequest(HttpRequest):
    """A request that passed django-htmx's middleware."""

    htmx: HtmxDetails


@public
@require_safe
def asset_list(request: HttpRequest) -> HttpResponse:
    """Every active asset, or those on the reader's watchlist, in the order of the address."""
    now = clock.now()
    form = ListForm(request.GET)
    reader = who(request)
    starred = selectors.starred_ids(reader.username) if isinstance(reader, User) else frozenset()
    shown = [
        asset
        for asset in in_order(matching(selectors.assets_listed(), form.words), form.order)
        if asset.active and (asset.asset_id in starred or not form.only_starred)
    ]
    context = {
        "form": form,
        "rows": presentation.asset_rows(shown, now, starred),
        "prices_at": selectors.oldest_price_at(shown, now),
        "moved_url": _moved_url(shown),
        "refresh_seconds": _refresh_seconds(request),
    }
    return render(request, "market/list.html", context)


@public
@require_safe
def movers(request: HttpRequest) -> HttpResponse:
    """The assets that gained and lost most."""
    now = clock.now()
    gainers, losers = domain.movers(selectors.assets_listed(), MOVERS)
    context = {
        "gainers": presentation.asset_rows(gainers, now),
        "losers": presentation.asset_rows(losers, now),
        "prices_at": selectors.oldest_price_at([*gainers, *losers], now),
        "moved_url": _moved_url([*gainers, *losers]),
        "refresh_seconds": _refresh_seconds(request),
    }
    return render(request, "market/movers.html", context)


@public
@require_safe
def moved(request: MarketRequest) -> HttpResponse:
    """To htmx, price and change of the assets of a list, each for its own cell, so that no row moves."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("market:list"))
    now = clock.now()
    asset_ids = [asset_id for asset_id in request.GET.get("assets", "").split(",") if asset_id]
    assets = list(selectors.assets_by_id(asset_ids[:MOST_MOVED]).values())
    context = {
        "rows": presentation.asset_rows(assets, now),
        "prices_at": selectors.oldest_price_at(assets, now),
    }
    return render(request, "market/moved.html", context)


@public
@require_safe
@vary_on_headers("HX-Request")
def asset(request: MarketRequest, asset_id: str) -> HttpResponse:
    """One asset with its candles; to htmx, only price and facts."""
    reader = who(request)
    if isinstance(reader, User) and not request.htmx:
        shown, is_starred = selectors.asset_and_star(reader.username, asset_id)
    else:
        shown, is_starred = selectors.asset_get(asset_id), False
    now = clock.now()
    context = {
        "asset": shown,
        "is_stale": shown.is_stale(now),
        "prices_at": selectors.oldest_price_at([shown], now),
    }
    if request.htmx:
        return render(request, "market/asset_moved.html", context)
    context |= _candles(shown, request.GET.get("interval", ""))
    context |= {"is_starred": is_starred, "refresh_seconds": _refresh_seconds(request)}
    return render(request, "market/asset.html", context)


@require_POST
def star(request: SignedInRequest, asset_id: str) -> HttpResponse:
    """Puts the asset on the reader's watchlist or takes it off, then goes back; to htmx, the star as it is now."""
    form = StarForm(request.POST)
    if not form.is_valid():
        raise InvalidInput({name: list(map(str, errors)) for name, errors in form.errors.items()})
    is_starred = form.cleaned_data["watch"] == "on"
    if is_starred:
        services.star_set(request.user.username, asset_id)
    else:
        services.star_remove(request.user.username, asset_id)
    if getattr(request, "htmx", False):
        shown = selectors.asset_get(asset_id)
        return render(request, "market/star.html", {"asset": shown, "is_starred": is_starred})
    back = form.cleaned_data["next"]
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("market:asset", args=[asset_id])
    return HttpResponseRedirect(back)


def _candles(asset: Asset, wanted: str) -> dict[str, Any]:
    interval = wanted if wanted in INTERVALS else _usual_interval(asset)
    candles = selectors.candles_latest(asset, interval, presentation.SHOWN[interval])
    zone = timezone.get_current_timezone()
    return {
        "interval": interval,
        "intervals": presentation.LABELS.items(),
        "candles": presentation.candle_rows(candles, zone),
        "closes": [candle.close for candle in candles],
        "has_volume": presentation.has_volume(candles),
        "summary": presentation.summary(asset, candles, zone),
    }


def _usual_interval(asset: Asset) -> str:
    """Hours; where the feed has only longer bars, the shortest of them."""
    running = asset.memory.running
    return DEFAULT_INTERVAL if DEFAULT_INTERVAL in running or not running else next(iter(running))


def _moved_url(assets: Sequence[Asset]) -> str:
    return f"{reverse('market:moved')}?{urlencode({'assets': ','.join(asset.asset_id for asset in assets)})}"


def _refresh_seconds(request: HttpRequest) -> int:
    reader = who(request)
    return reader.refresh_seconds if isinstance(reader, User) else REFRESH_SECONDS
