"""Addresses of the market's pages, below `/markets/`."""

from django.urls import path

from core.menu import Place
from market import views

app_name = "market"
PLACE = Place("Markets", "market:list", "/markets/", icon="arrow-trending-up", key="m")

urlpatterns = [
    path("", views.asset_list, name="list"),
    path("movers/", views.movers, name="movers"),
    path("moved/", views.moved, name="moved"),
    path("<slug:asset_id>/", views.asset, name="asset"),
    path("<slug:asset_id>/watch/", views.star, name="star"),
]
