"""Addresses of the whole site."""

from django.urls import include, path

api = [
    path("", include("core.accounts.api_urls")),
    path("", include("market.api_urls")),
    path("", include("portfolio.api_urls")),
    path("", include("budgets.api_urls")),
    path("", include("carbon.api_urls")),
    path("", include("alerts.api_urls")),
    path("staff/", include("cryptopulse.console.api_urls")),
    path("", include("core.api.urls")),
]

urlpatterns = [
    path("", include("cryptopulse.overview.urls")),
    path("", include("core.urls")),
    path("", include("core.accounts.urls")),
    path("markets/", include("market.urls")),
    path("portfolio/", include("portfolio.urls")),
    path("budgets/", include("budgets.urls")),
    path("carbon/", include("carbon.urls")),
    path("", include("alerts.urls")),
    path("staff/", include("cryptopulse.console.urls")),
    path("api/v1/", include((api, "api"))),
]

handler400 = "cryptopulse.pages.bad_request"
handler403 = "cryptopulse.pages.forbidden"
handler404 = "cryptopulse.pages.not_found"
handler409 = "cryptopulse.pages.refused"
handler413 = "cryptopulse.pages.too_large"
handler415 = "cryptopulse.pages.not_utf8"
handler500 = "cryptopulse.pages.server_error"
handler503 = "cryptopulse.pages.unavailable"
