"""How core finds the lists that the apps make up, without importing an app.

The project names a module in `settings.WIRING`; what it lists are dotted paths.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from core.storage.schema import Table


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the product, in the order of the apps."""
    return tuple(table for path in _list("TABLES") for table in import_string(path))


@cache
def handlers(event_name: str) -> tuple[Callable[..., None], ...]:
    """The handlers of an event, each taking the Event; none for an event without listeners."""
    return tuple(import_string(path) for path in import_module(settings.WIRING).HANDLERS.get(event_name, ()))


@cache
def listed(name: str) -> tuple[Any, ...]:
    """What the dotted paths of one list of the wiring module name."""
    return tuple(import_string(path) for path in _list(name))


def layout() -> tuple[int, int]:
    """The layout of the rows that this release writes, and the oldest layout whose releases may still open them."""
    layout: tuple[int, int] = import_module(settings.WIRING).LAYOUT
    return layout


def upgrades() -> tuple[tuple[int, str], ...]:
    """The steps that upgrade older rows: the layout that each leads to, and its dotted path."""
    upgrades: tuple[tuple[int, str], ...] = import_module(settings.WIRING).UPGRADES
    return upgrades


def sandboxed() -> tuple[str, ...]:
    """Modules whose functions read files in processes of their own (`core.sandbox`)."""
    return _list("SANDBOXED")


def _list(name: str) -> tuple[str, ...]:
    paths: tuple[str, ...] = getattr(import_module(settings.WIRING), name)
    return paths
