"""Addresses of the staff's pages about the market, below `/staff/`."""

from django.urls import path

from core.menu import Place
from market.console import views
from market.rights import CHANGE_ASSETS, SEE_MARKET_STATISTICS

PLACES = (
    Place("Market", "staff:market", "/staff/market/", right=SEE_MARKET_STATISTICS),
    Place("Assets", "staff:assets", "/staff/assets/", right=CHANGE_ASSETS),
)

urlpatterns = [
    path("market/", views.statistics, name="market"),
    path("market/export/", views.export, name="market-export"),
    path("assets/", views.asset_list, name="assets"),
    path("assets/add/", views.asset_add, name="asset-add"),
    path("assets/<slug:asset_id>/", views.asset_edit, name="asset"),
    path("assets/<slug:asset_id>/active/", views.asset_active, name="asset-active"),
]
