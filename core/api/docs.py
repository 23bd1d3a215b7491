"""Swagger UI under the site's strict content policy: its page has no inline script or style."""

from __future__ import annotations

from drf_spectacular.views import SpectacularSwaggerSplitView


class DocsView(SpectacularSwaggerSplitView):
    """The description of the API as a page on which it can be tried."""

    template_name = "api/docs.html"
