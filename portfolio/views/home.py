"""The portfolio's first page."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from portfolio import selectors
from portfolio.domain.allocation import allocation, extremes
from portfolio.domain.valuation import HoldingView

SORTS: dict[str, Callable[[HoldingView], Decimal | str | None]] = {
    "name": lambda each: each.asset.name.lower(),
    "price": lambda each: each.price,
    "change": lambda each: each.asset.change_24h,
    "value": lambda each: each.value,
    "profit": lambda each: each.unrealized,
    "share": lambda each: each.share,
}
DEFAULT_SORT = "-value"


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Value, profit, cash and holdings; 2 store requests."""
    view = selectors.portfolio_of(request.user)
    holdings = _sorted(view.holdings, request.GET.get("sort", DEFAULT_SORT))
    if "order" in request.GET:
        query = request.GET.copy()
        holdings = _kept(holdings, str(query.pop("order")[-1]).split(","))
        request.GET = query  # type: ignore[assignment]
    return render(
        request,
        "portfolio/home.html",
        {
            "portfolio": view,
            "holdings": holdings,
            "order": ",".join(each.asset.asset_id for each in holdings),
            "slices": allocation(view),
            "extremes": extremes(view),
            "default_sort": DEFAULT_SORT,
            "prices_at": view.prices_at,
        },
    )


def _sorted(holdings: Sequence[HoldingView], sort: str) -> list[HoldingView]:
    """By `name` or `-name` of a column; rows without the figure come last either way."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return list(holdings)
    known = [each for each in holdings if key(each) is not None]
    known.sort(key=key, reverse=sort.startswith("-"))  # type: ignore[arg-type]
    return known + [each for each in holdings if key(each) is None]


def _kept(holdings: Sequence[HoldingView], order: Sequence[str]) -> list[HoldingView]:
    """The rows in the order in which the page shows them now: a refresh moves nothing under the cursor."""
    places = {asset_id: place for place, asset_id in enumerate(order)}
    return sorted(holdings, key=lambda each: places.get(each.asset.asset_id, len(places)))
