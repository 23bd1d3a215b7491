"""Endpoints of the staff about the market."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.accounts.requests import ApiRequest
from core.api.idempotency import New, creates
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.console.guard import staff_right
from core.paging import cursor_of, slice_of
from market import selectors, services
from market.api.requests import AssetsQuery
from market.api.serializers import AssetSerializer
from market.console.api.requests import AssetChangeRequest, NewAssetRequest
from market.console.api.serializers import MarketSerializer
from market.console.export import assets_csv
from market.domain import Asset, in_order, matching, movers, statistics_of
from market.rights import CHANGE_ASSETS, SEE_MARKET_STATISTICS

TAGS = ["staff"]


class CsvRenderer(BaseRenderer):
    """Chosen by `?format=csv` or `Accept: text/csv`; passes text through."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> Any:
        return data


class MarketView(APIView):
    """Statistics of the market."""

    permission_classes = [staff_right(SEE_MARKET_STATISTICS)]

    @extend_schema(operation_id="staff_market", parameters=PAGE_PARAMETERS[:1], responses=MarketSerializer, tags=TAGS)
    def get(self, request: Request) -> Response:
        """Averages and sums over all assets, and at most `limit` gainers and losers."""
        assets = selectors.assets_listed()
        gainers, losers = movers(assets, limit_of(request))
        body = {"statistics": statistics_of(assets, clock.now()), "gainers": gainers, "losers": losers}
        return Response(MarketSerializer(body).data)


class MarketExportView(APIView):
    """All assets as a file."""

    permission_classes = [staff_right(SEE_MARKET_STATISTICS)]
    renderer_classes = [JSONRenderer, CsvRenderer]

    @extend_schema(
        operation_id="staff_market_export",
        parameters=[OpenApiParameter("format", str, enum=["json", "csv"], description="`json` by default.")],
        responses={
            (200, "application/json"): page_of(AssetSerializer),
            (200, "text/csv"): OpenApiResponse(OpenApiTypes.STR),
        },
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        """Every asset with its figures, inactive ones too."""
        assets = selectors.assets_listed()
        if request.accepted_renderer.format == "csv":
            return Response("".join(assets_csv(assets, clock.now())))
        return Response({"items": AssetSerializer(assets, many=True).data, "next": None})


def _asset_of(username: str, asset_id: str) -> Asset:
    return selectors.asset_get(asset_id)


class StaffAssetsView(APIView):
    """Assets as the staff see them."""

    permission_classes = [staff_right(CHANGE_ASSETS)]

    @extend_schema(
        operation_id="staff_assets_list",
        parameters=[AssetsQuery, *PAGE_PARAMETERS],
        responses=page_of(AssetSerializer),
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        """Every asset, inactive ones too."""
        query = read_query(AssetsQuery, request)
        found = in_order(matching(selectors.assets_listed(), query["q"]), query["sort"])
        return paged(request, slice_of(found, limit_of(request), cursor_of(request)), AssetSerializer)

    @creates(NewAssetRequest, AssetSerializer, get=_asset_of, id_field="asset_id", tags=TAGS)
    def post(self, request: ApiRequest, new: New) -> Asset:
        """Add an asset, with a reason."""
        return services.asset_add(asset_id=new.identifier, **new.fields, by=request.user, also=new.also)


class StaffAssetView(APIView):
    """One asset."""

    permission_classes = [staff_right(CHANGE_ASSETS)]

    @extend_schema(responses=AssetSerializer, tags=TAGS)
    def get(self, request: Request, asset_id: str) -> Response:
        """The asset with its latest price."""
        return Response(AssetSerializer(selectors.asset_get(asset_id)).data)

    @extend_schema(request=AssetChangeRequest, responses=AssetSerializer, tags=TAGS)
    def patch(self, request: ApiRequest, asset_id: str) -> Response:
        """Change what the asset is called, or whether it may be bought, with a reason."""
        fields = read_body(AssetChangeRequest, request, partial=False)
        return Response(AssetSerializer(services.asset_change(asset_id, **fields, by=request.user)).data)
