"""Lists as files, by `?format=`: CSV for a spreadsheet, or JSON as the list itself is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.negotiation import ProblemsAlone
from core.downloads import csv_text, download, json_text
from core.errors import InvalidInput

T = TypeVar("T")
CSV, JSON = "csv", "json"
FORMAT = OpenApiParameter("format", str, enum=[CSV, JSON], description="The kind of file; csv by default.")


class FileView(APIView):
    """Answers with a file that it makes itself; errors are answered in JSON."""

    content_negotiation_class = ProblemsAlone
    renderer_classes = [JSONRenderer]


def list_file(
    request: Request,
    name: str,
    found: Iterable[T],
    *,
    columns: Sequence[str],
    cells_of: Callable[[T], Sequence[str]],
    item_of: Callable[[T], Mapping[str, Any]],
) -> StreamingHttpResponse:
    """A file of all that is found, sent while it is read. Raises InvalidInput at `format`."""
    kind = request.query_params.get("format", CSV)
    if kind not in (CSV, JSON):
        raise InvalidInput({"format": ["Choose csv or json."]})
    if kind == CSV:
        return download(request._request, f"{name}.csv", "text/csv", csv_text(columns, map(cells_of, found)))
    return download(request._request, f"{name}.json", "application/json", json_text(map(item_of, found)))
