"""Addresses of the staff's endpoints, below `/api/v1/staff/`: those of core and of each app."""

import carbon.console.api_urls
import core.console.api_urls
import market.console.api_urls
import portfolio.console.api_urls

urlpatterns = [
    *core.console.api_urls.urlpatterns,
    *market.console.api_urls.urlpatterns,
    *portfolio.console.api_urls.urlpatterns,
    *carbon.console.api_urls.urlpatterns,
]
