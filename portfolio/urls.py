"""Addresses of the portfolio's pages, below `/portfolio/`."""

from django.urls import path

from core.menu import Place
from portfolio.views import cash, home, past_trade, records, trade

app_name = "portfolio"
PLACE = Place("Portfolio", "portfolio:home", "/portfolio/", icon="briefcase", key="p")

urlpatterns = [
    path("", home.home, name="home"),
    path("trade/", trade.trade, name="trade"),
    path("deposit/", cash.deposit, name="deposit"),
    path("withdraw/", cash.withdraw, name="withdraw"),
    path("orders/", records.orders, name="orders"),
    path("orders/<str:order_id>/", records.order, name="order"),
    path("transactions/", records.transactions, name="transactions"),
    path("transactions/add/", past_trade.transaction_add, name="transaction-add"),
    path("ledger/", records.ledger, name="ledger"),
]
