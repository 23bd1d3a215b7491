"""Addresses of the staff's endpoints about trading, below `/api/v1/staff/`."""

from django.urls import path

from portfolio.console import api

urlpatterns = [
    path("transactions/", api.StaffTransactionsView.as_view(), name="staff-transactions"),
    path("assets/<slug:asset_id>/holders/", api.HoldersView.as_view(), name="staff-holders"),
]
