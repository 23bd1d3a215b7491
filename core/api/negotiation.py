"""Which renderer answers a request."""

from collections.abc import Iterable

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation, DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from core.errors import InvalidInput

LONGEST_ACCEPT = 1000
"""Characters of an `Accept`, which browsers fill with 140; reading one takes the square of its length."""


class ReadableNegotiation(DefaultContentNegotiation):
    """The framework's choice, for every `Accept` that it is able to read."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and the media type. Raises NotAcceptable, also for an `Accept` too long or in no charset."""
        if len(request.headers.get("Accept", "")) > LONGEST_ACCEPT:
            raise NotAcceptable
        try:
            renderer, media_type = super().select_renderer(request, renderers, format_suffix)
        except ValueError as error:  # of an extended parameter, `name*=charset''text`
            raise NotAcceptable from error
        return renderer, str(media_type)

    def filter_renderers(self, renderers: Iterable[BaseRenderer], wanted: str) -> list[BaseRenderer]:
        """Those of the format that `?format=` asks for. Raises InvalidInput where there is none."""
        named = [renderer for renderer in renderers if renderer.format == wanted]
        if not named:
            raise InvalidInput({"format": [f"Enter {' or '.join(str(renderer.format) for renderer in renderers)}."]})
        return named


class ProblemsAlone(BaseContentNegotiation):
    """For a view that makes a file itself, by `?format=`: errors are rendered by its first renderer, JSON.

    Neither `Accept` nor `?format=` chooses a renderer, as they would in DRF.
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
