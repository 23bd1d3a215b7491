"""The metrics of a process that is no web server, on a port of their own."""

import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.http.request import HttpHeaders

from core.metrics.exposition import exposition
from core.metrics.readers import refusal


def start(host: str, port: int) -> None:
    """Answer `GET /metrics` there from now on, in threads, to readers that `refusal` lets through. Raises OSError."""
    server_class = _ServerOnIPv6 if ":" in host else _Server
    server = make_server(host, port, answer, server_class=server_class, handler_class=_Handler)
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()


def answer(environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application."""
    if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != "/metrics":
        return _answered(start_response, HTTPStatus.NOT_FOUND, b"Only GET /metrics is here.\n")
    if refused := refusal(environ.get("REMOTE_ADDR", ""), HttpHeaders(environ)):
        status = HTTPStatus.UNAUTHORIZED if settings.METRICS_TOKEN else HTTPStatus.FORBIDDEN
        return _answered(start_response, status, refused.encode())
    return _answered(start_response, HTTPStatus.OK, *exposition(environ.get("HTTP_ACCEPT", "")))


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _ServerOnIPv6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = 10

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name where it comes from
        """Scrapes are not worth a line."""


def _answered(
    start_response: Callable[..., Any], status: HTTPStatus, body: bytes, content_type: str = "text/plain; charset=utf-8"
) -> list[bytes]:
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    if status is HTTPStatus.UNAUTHORIZED:
        headers.append(("WWW-Authenticate", "Bearer"))
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
