"""Addresses of the staff's endpoints about trading, below `/api/v1/staff/`."""

from django.urls import path

from portfolio.console.api import views

urlpatterns = [
    path("transactions/", views.StaffTransactionsView.as_view(), name="staff-transactions"),
    path("assets/<slug:asset_id>/holders/", views.HoldersView.as_view(), name="staff-holders"),
]
