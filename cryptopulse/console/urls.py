"""Addresses of the staff area, below `/staff/`: those of core and of each app."""

import carbon.console.urls
import core.console.urls
import market.console.urls
import portfolio.console.urls

app_name = "staff"

urlpatterns = [
    *core.console.urls.urlpatterns,
    *market.console.urls.urlpatterns,
    *portfolio.console.urls.urlpatterns,
    *carbon.console.urls.urlpatterns,
]
