"""Addresses of the staff's pages about trading, below `/staff/`."""

from __future__ import annotations

from django.urls import path

from core.console.menu import StaffPlace
from portfolio.console import views
from portfolio.rights import SEE_ACTIVITY, SEE_TRANSACTIONS

PLACES = (
    StaffPlace("Transactions", "staff:transactions", SEE_TRANSACTIONS, "/staff/transactions/"),
    StaffPlace("Holders", "staff:holders", SEE_TRANSACTIONS, "/staff/holders/"),
    StaffPlace("Activity", "staff:activity", SEE_ACTIVITY, "/staff/activity/"),
)

urlpatterns = [
    path("transactions/", views.transactions, name="transactions"),
    path("holders/", views.holders, name="holders"),
    path("activity/", views.activity, name="activity"),
]
