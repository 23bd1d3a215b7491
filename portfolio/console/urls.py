"""Addresses of the staff's pages about trading, below `/staff/`."""

from __future__ import annotations

from django.urls import path

from portfolio.console import views

urlpatterns = [
    path("transactions/", views.transactions, name="transactions"),
    path("holders/", views.holders, name="holders"),
    path("activity/", views.activity, name="activity"),
]
