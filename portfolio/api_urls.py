"""Addresses of the portfolio's endpoints, below `/api/v1/`."""

from django.urls import path

from portfolio.api import views

urlpatterns = [
    path("portfolio/", views.PortfolioView.as_view(), name="portfolio"),
    path("portfolio/deposits/", views.DepositsView.as_view(), name="deposits"),
    path("portfolio/withdrawals/", views.WithdrawalsView.as_view(), name="withdrawals"),
    path("portfolio/ledger/", views.LedgerView.as_view(), name="ledger"),
    path("transactions/", views.TransactionsView.as_view(), name="transactions"),
    path("orders/", views.OrdersView.as_view(), name="orders"),
    path("orders/preview/", views.OrderPreviewView.as_view(), name="order-preview"),
    path("orders/<str:order_id>/", views.OrderView.as_view(), name="order"),
]
