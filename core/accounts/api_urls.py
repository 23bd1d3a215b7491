"""Addresses of the account endpoints, below `/api/v1/`."""

from django.urls import path

from core.accounts.api import api_keys, views
from core.accounts.api.export import ExportView

urlpatterns = [
    path("auth/register/", views.RegisterView.as_view(), name="register"),
    path("auth/token/", api_keys.TokenView.as_view(), name="token"),
    path("auth/me/", views.MeView.as_view(), name="me"),
    path("auth/me/address-link/", views.AddressLinkView.as_view(), name="address-link"),
    path("auth/confirm-address/", views.AddressConfirmView.as_view(), name="address-confirm"),
    path("auth/me/usage/", views.UsageView.as_view(), name="usage"),
    path("auth/me/export/", ExportView.as_view(), name="export"),
    path("api-keys/", api_keys.ApiKeysView.as_view(), name="api-keys"),
    path("api-keys/<str:key_id>/", api_keys.ApiKeyView.as_view(), name="api-key"),
]
