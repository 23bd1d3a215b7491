"""Addresses of the market's endpoints, below `/api/v1/`."""

from django.urls import path

from market.api import views

urlpatterns = [
    path("assets/", views.AssetsView.as_view(), name="assets"),
    path("assets/movers/", views.MoversView.as_view(), name="movers"),
    path("assets/<slug:asset_id>/", views.AssetView.as_view(), name="asset"),
    path("assets/<slug:asset_id>/candles/", views.CandlesView.as_view(), name="candles"),
    path("assets/<slug:asset_id>/ticks/", views.TicksView.as_view(), name="ticks"),
    path("prices/", views.PricesView.as_view(), name="prices"),
    path("watchlist/", views.WatchlistView.as_view(), name="watchlist"),
    path("watchlist/<slug:asset_id>/", views.StarView.as_view(), name="star"),
]
