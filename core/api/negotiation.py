"""Which renderer answers a request, where a view makes its answer itself."""

from __future__ import annotations

from collections.abc import Iterable

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class ProblemsAlone(BaseContentNegotiation):
    """For a view that makes a file itself, by `?format=`: what goes wrong is told by its first renderer, JSON.

    What the client accepts is not asked for, nor is a renderer of the format looked for, as DRF would.
    """

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        """The first; there is no body."""
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The first."""
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)
