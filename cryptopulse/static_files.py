"""Styles, scripts and pictures, served by the site itself."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise with answers that are whole, which an ASGI server sends without a warning and GZip can shorten."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file, or 304 when the browser has it."""
        found = static_file.get_response(request.method, _with_strong_etag(request.META))
        body = b""
        if found.file is not None:
            with found.file:
                body = found.file.read()
        response = HttpResponse(body, status=int(found.status))
        if found.status != HTTPStatus.OK:
            del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response


def _with_strong_etag(headers: dict[str, str]) -> dict[str, str]:
    """The headers as they were before GZip marked the file's tag as weak."""
    if tag := headers.get("HTTP_IF_NONE_MATCH"):
        return {**headers, "HTTP_IF_NONE_MATCH": tag.removeprefix("W/")}
    return headers
