"""Error answers as RFC 9457 describes them (`application/problem+json`)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from core.api.renderers import BrowsableRenderer
from core.codes import codes

MEDIA_TYPE = "application/problem+json"


def problem(status: int, code: str, detail: str, errors: Mapping[str, Sequence[str]] | None = None) -> dict[str, Any]:
    """The members of a problem; `type` is an address that explains the code."""
    known = codes().get(code)
    return {
        "type": f"{settings.PUBLIC_URL}/api/v1/errors/{code}/",
        "title": known.title if known else code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": {field: list(sentences) for field, sentences in (errors or {}).items()},
    }


class ProblemResponse(Response):
    """A problem in JSON, whatever the view itself answers in, unless a browser is shown a page."""

    @property
    def rendered_content(self) -> Any:
        """The body; chooses the renderer and the content type just before it is written."""
        if self.accepted_renderer.format != BrowsableRenderer.format:
            self.accepted_renderer = JSONRenderer()
            self.content_type = MEDIA_TYPE
        return super().rendered_content


def plain_problem(status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A problem for a request that did not reach a view of the API, such as one that middleware refuses."""
    body = json.dumps(problem(status, code, detail))
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))
