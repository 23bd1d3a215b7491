"""How answers look to a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BrowsableAPIRenderer

RELAXED_STYLE = {"style-src": ["'unsafe-inline'"]}
"""The stock page of the browsable API has inline styles; its scripts are files."""


class BrowsableRenderer(BrowsableAPIRenderer):
    """DRF's browsable pages, with a content policy of their own and no forms but the raw one."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The page; its response is marked for `csp.middleware` to allow what the page needs."""
        page = super().render(data, accepted_media_type, renderer_context)
        if renderer_context and renderer_context.get("response") is not None:
            renderer_context["response"]._csp_update = RELAXED_STYLE
        return page
