"""Addresses of the staff's endpoints about the market, below `/api/v1/staff/`."""

from django.urls import path

from market.console import api

urlpatterns = [
    path("market/", api.MarketView.as_view(), name="staff-market"),
    path("market/export/", api.MarketExportView.as_view(), name="staff-market-export"),
    path("assets/", api.StaffAssetsView.as_view(), name="staff-assets"),
    path("assets/<slug:asset_id>/", api.StaffAssetView.as_view(), name="staff-asset"),
]
