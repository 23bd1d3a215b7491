"""Addresses of the staff's endpoints about the market, below `/api/v1/staff/`."""

from django.urls import path

from market.console.api import views

urlpatterns = [
    path("market/", views.MarketView.as_view(), name="staff-market"),
    path("market/export/", views.MarketExportView.as_view(), name="staff-market-export"),
    path("assets/", views.StaffAssetsView.as_view(), name="staff-assets"),
    path("assets/<slug:asset_id>/", views.StaffAssetView.as_view(), name="staff-asset"),
]
