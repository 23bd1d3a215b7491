"""How answers look to a browser."""

from collections.abc import Mapping
from typing import Any

from django.urls import resolve
from rest_framework.renderers import BrowsableAPIRenderer
from rest_framework.request import Request

NOTHING_HERE = "nothing-here"
"""Name of the pattern that matches every address below `/api/` that leads nowhere."""
RELAXED_STYLE = {"style-src": ["'unsafe-inline'"]}
"""The stock page of the browsable API has inline styles; its scripts are files."""


class BrowsableRenderer(BrowsableAPIRenderer):
    """DRF's browsable pages, with a content policy of their own and no forms but the raw one."""

    def get_breadcrumbs(self, request: Request) -> list[tuple[str, str]]:
        """The addresses above this one that lead somewhere."""
        above: list[tuple[str, str]] = super().get_breadcrumbs(request)
        return [(name, address) for name, address in above if resolve(address.split("?")[0]).url_name != NOTHING_HERE]

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The page; its response is marked for `csp.middleware` to allow what the page needs."""
        page = super().render(data, accepted_media_type, renderer_context)
        if renderer_context and renderer_context.get("response") is not None:
            renderer_context["response"]._csp_update = RELAXED_STYLE
        return page
