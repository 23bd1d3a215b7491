"""Addresses of the staff's pages about trading, below `/staff/`."""

from django.urls import path

from core.menu import Place
from portfolio.console import views
from portfolio.rights import SEE_ACTIVITY, SEE_TRANSACTIONS

PLACES = (
    Place("Transactions", "staff:transactions", "/staff/transactions/", right=SEE_TRANSACTIONS),
    Place("Holders", "staff:holders", "/staff/holders/", right=SEE_TRANSACTIONS),
    Place("Activity", "staff:activity", "/staff/activity/", right=SEE_ACTIVITY),
)

urlpatterns = [
    path("transactions/", views.transactions, name="transactions"),
    path("holders/", views.holders, name="holders"),
    path("activity/", views.activity, name="activity"),
]
