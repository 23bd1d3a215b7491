"""Endpoints of the market; all but the watchlist are open to everybody."""

from datetime import datetime, timedelta

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.accounts.requests import ApiRequest
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_query
from core.errors import InvalidInput
from core.paging import cursor_of, slice_of
from market import selectors, services
from market.api.requests import AssetsQuery, CandlesQuery, PricesQuery, RangeQuery
from market.api.serializers import (
    AssetSerializer,
    CandleSerializer,
    MoversSerializer,
    PriceSerializer,
    StarSerializer,
    TickSerializer,
)
from market.domain import INTERVALS, Asset, in_order, matching, movers

TICKS_SHOWN = timedelta(hours=1)
MOMENT = timedelta(milliseconds=1)


class OpenView(APIView):
    """An endpoint for everybody, signed in or not."""

    permission_classes = [AllowAny]


class AssetsView(OpenView):
    """Assets with their latest prices."""

    @extend_schema(
        operation_id="assets_list",
        parameters=[AssetsQuery, *PAGE_PARAMETERS],
        responses=page_of(AssetSerializer),
        tags=["market"],
    )
    def get(self, request: Request) -> Response:
        """Every asset, inactive ones too; by rank if `sort` is left out."""
        query = read_query(AssetsQuery, request)
        found = in_order(matching(selectors.assets_listed(), query["q"]), query["sort"])
        return paged(request, slice_of(found, limit_of(request), cursor_of(request)), AssetSerializer)


class AssetView(OpenView):
    """One asset."""

    @extend_schema(responses=AssetSerializer, tags=["market"])
    def get(self, request: Request, asset_id: str) -> Response:
        """The asset with its latest price."""
        return Response(AssetSerializer(selectors.asset_get(asset_id)).data)


class MoversView(OpenView):
    """Gainers and losers."""

    @extend_schema(parameters=PAGE_PARAMETERS[:1], responses=MoversSerializer, tags=["market"])
    def get(self, request: Request) -> Response:
        """Assets that gained and lost most in 24 hours, at most `limit` of each."""
        gainers, losers = movers(selectors.assets_listed(), limit_of(request))
        return Response(MoversSerializer({"gainers": gainers, "losers": losers}).data)


class CandlesView(OpenView):
    """Candles of an asset."""

    @extend_schema(
        operation_id="candles_list",
        parameters=[CandlesQuery, *PAGE_PARAMETERS],
        responses=page_of(CandleSerializer),
        tags=["market"],
    )
    def get(self, request: Request, asset_id: str) -> Response:
        """Candles, oldest first; without a range, those up to the latest price."""
        query = read_query(CandlesQuery, request)
        limit = limit_of(request)
        interval = INTERVALS[query["interval"]]
        cursor = cursor_of(request)
        asset = selectors.asset_get(asset_id)
        end = query.get("end") or _after_latest(asset)
        span = timedelta(seconds=interval.seconds)
        start = query.get("start") or interval.opened_at(end - MOMENT) - (limit - 1) * span
        page = selectors.candles_page(asset, interval.name, start, end, limit=limit, cursor=cursor)
        return paged(request, page, CandleSerializer)


class TicksView(OpenView):
    """Prices of an asset one by one."""

    @extend_schema(
        operation_id="ticks_list",
        parameters=[RangeQuery, *PAGE_PARAMETERS],
        responses=page_of(TickSerializer),
        tags=["market"],
    )
    def get(self, request: Request, asset_id: str) -> Response:
        """Ticks, oldest first, kept for 24 hours; without a range, those of the last hour before the latest price."""
        query = read_query(RangeQuery, request)
        limit = limit_of(request)
        cursor = cursor_of(request)
        asset = selectors.asset_get(asset_id)
        end = query.get("end") or _after_latest(asset)
        start = query.get("start") or end - TICKS_SHOWN
        page = selectors.ticks_page(asset_id, start, end, limit=limit, cursor=cursor)
        return paged(request, page, TickSerializer)


class PricesView(OpenView):
    """Latest prices."""

    @extend_schema(
        operation_id="prices_list", parameters=[PricesQuery], responses=page_of(PriceSerializer), tags=["market"]
    )
    def get(self, request: Request) -> Response:
        """Latest prices of the assets named, in their order, or of every asset."""
        asset_ids = read_query(PricesQuery, request).get("assets")
        if asset_ids is None:
            assets = selectors.assets_listed()
        else:
            found = selectors.assets_by_id(asset_ids)
            if unknown := [asset_id for asset_id in asset_ids if asset_id not in found]:
                raise InvalidInput({"assets": [f"Unknown: {', '.join(unknown)}. See /api/v1/assets/ for the ids."]})
            assets = [found[asset_id] for asset_id in asset_ids]
        return Response({"items": PriceSerializer(assets, many=True).data, "next": None})


class WatchlistView(APIView):
    """The user's watchlist."""

    @extend_schema(
        operation_id="watchlist_list", parameters=PAGE_PARAMETERS, responses=page_of(StarSerializer), tags=["market"]
    )
    def get(self, request: ApiRequest) -> Response:
        """The user's watchlist, by asset id."""
        stars = selectors.watchlist_page(request.user.username, limit=limit_of(request), cursor=cursor_of(request))
        return paged(request, stars, StarSerializer)


class StarView(APIView):
    """One asset of the watchlist."""

    @extend_schema(request=None, responses={204: None}, tags=["market"])
    def put(self, request: ApiRequest, asset_id: str) -> Response:
        """Put the asset on the watchlist; it may be there already."""
        services.star_set(request.user.username, asset_id)
        return Response(status=204)

    @extend_schema(responses={204: None}, tags=["market"])
    def delete(self, request: ApiRequest, asset_id: str) -> Response:
        """Take the asset off the watchlist; it need not be there."""
        services.star_remove(request.user.username, asset_id)
        return Response(status=204)


def _after_latest(asset: Asset) -> datetime:
    """The moment after the latest price, where a range without an end ends."""
    return (asset.price_at or clock.now()) + MOMENT
