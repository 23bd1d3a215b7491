"""Addresses of the account pages."""

from django.urls import path

from core.accounts.views import addresses, api_keys, passwords, settings, sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-up/", sign_in.sign_up, name="sign-up"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("password-reset/", passwords.password_reset, name="password-reset"),
    path("password-reset/sent/", passwords.password_reset_sent, name="password-reset-sent"),
    path(
        "password-reset/<slug:username>/<slug:token>/", passwords.password_reset_confirm, name="password-reset-confirm"
    ),
    path("settings/", settings.profile, name="settings"),
    path("confirm-address/<str:token>/", addresses.address_confirm, name="address-confirm"),
    path("revert-address/<str:token>/", addresses.address_revert, name="address-revert"),
    path("settings/email/", addresses.email_change, name="email-change"),
    path("settings/email/link/", addresses.address_link, name="address-link"),
    path("settings/password/", passwords.password_change, name="password-change"),
    path("settings/api-keys/", api_keys.api_keys, name="api-keys"),
    path("settings/api-keys/<str:key_id>/revoke/", api_keys.api_key_revoke, name="api-key-revoke"),
    path("settings/data/", settings.your_data, name="your-data"),
    path("settings/export/", settings.export_everything, name="export"),
    path("settings/close/", settings.close, name="close"),
]
