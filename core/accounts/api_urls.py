"""Addresses of the account endpoints, below `/api/v1/`."""

from django.urls import path

from core.accounts.api import views
from core.accounts.api.export import ExportView

urlpatterns = [
    path("auth/register/", views.RegisterView.as_view(), name="register"),
    path("auth/token/", views.TokenView.as_view(), name="token"),
    path("auth/me/", views.MeView.as_view(), name="me"),
    path("auth/me/address-link/", views.AddressLinkView.as_view(), name="address-link"),
    path("auth/confirm-address/", views.AddressConfirmView.as_view(), name="address-confirm"),
    path("auth/me/usage/", views.UsageView.as_view(), name="usage"),
    path("auth/me/export/", ExportView.as_view(), name="export"),
    path("api-keys/", views.ApiKeysView.as_view(), name="api-keys"),
    path("api-keys/<str:key_id>/", views.ApiKeyView.as_view(), name="api-key"),
]
