"""Logs: one line for each event, as JSON, with the id of the request behind it."""

import logging
import sys
import threading
import time
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request or task that is being worked on; empty outside of one."""

CHATTY = (
    "asyncio",
    "botocore",
    "celery",
    "kombu",
    "urllib3",
    "uvicorn",
)
"""Libraries whose INFO lines repeat ours, or are about nothing."""


class WithRequestId(logging.Filter):
    """Gives every record the id of the request behind it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class WithoutAddress(logging.Filter):
    """Names the view in place of the address that Django logs: the path of a reset link is the key to an account."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            view = request.resolver_match.view_name if request.resolver_match else "no such page"
            record.args = tuple(view if arg == request.path else arg for arg in record.args)
        return True


class SeldomWrongHosts(logging.Filter):
    """Of requests for a host that is not the site's, lets through one short line a minute, with their number.

    Django logs each with a traceback of some 5 KB, so that any stranger could fill a disk.
    """

    EVERY = 60
    LONGEST_NAME = 60

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._next = 0.0
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._next:
                self._left_out += 1
                return False
            left_out, self._left_out, self._next = self._left_out, 0, now + self.EVERY
        request = record.__dict__.pop("request", None)
        name = request.META.get("HTTP_HOST", "") if isinstance(request, HttpRequest) else ""
        record.msg = "refused a request for %s, which is not in ALLOWED_HOSTS; %d more since the last such line"
        record.args = (ascii(name[: self.LONGEST_NAME]), left_out)
        record.exc_info = record.exc_text = record.stack_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def configuration(level: str, style: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error.

    style is `json`, `text`, or `auto`: text where standard error is a terminal, JSON elsewhere.
    """
    if style == "auto":
        style = "text" if sys.stderr.isatty() else "json"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": WithRequestId},
            "without_address": {"()": WithoutAddress},
            "seldom": {"()": SeldomWrongHosts},
        },
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "fmt": "%(levelname)s %(name)s %(message)s %(request_id)s",
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": "at",
            },
            "text": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s", "datefmt": "%H:%M:%S"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": style,
                "filters": ["request_id", "without_address"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level},
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"filters": ["seldom"]},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            **{name: {"level": "WARNING"} for name in CHATTY},
            # it logs a traceback every second while Redis is gone; core.stream says so once
            "channels_redis": {"level": "CRITICAL"},
        },
    }
