"""Logs: one line for each thing that happened, as JSON, with the id of the request behind it."""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar
from typing import Any

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
"""Libraries whose INFO lines repeat what ours say, or say that nothing happened."""


class WithRequestId(logging.Filter):
    """Gives every record the id of the request behind it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
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
        "filters": {"request_id": {"()": WithRequestId}},
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
            "stderr": {"class": "logging.StreamHandler", "formatter": style, "filters": ["request_id"]},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            **{name: {"level": "WARNING"} for name in CHATTY},
        },
    }
