"""Every pattern of the product: found in its modules, so that none can be forgotten."""

import ast
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import alerts
import budgets
import carbon
import core
import cryptopulse
import market
import portfolio

PACKAGES = (alerts, budgets, carbon, core, cryptopulse, market, portfolio)
_LEFT_OUT = ("cryptopulse.asgi", "core.sandbox.__main__")
"""Modules that do something when they are imported."""
_COMPILERS = {"compile", "Pattern", "Match", "ASCII", "IGNORECASE", "escape"}


def patterns() -> dict[str, re.Pattern[Any]]:
    """By `module.NAME`, with the place where there are several under a name, each pattern that a module compiles."""
    return {
        f"{module.__name__}.{name}{place}": pattern
        for module in modules()
        for name, value in vars(module).items()
        for place, pattern in _in(value)
        if _is_defined(module, name)
    }


def modules() -> Iterator[ModuleType]:
    """Every module of the product."""
    for package in PACKAGES:
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.name not in _LEFT_OUT:
                yield import_module(info.name)


def patterns_in_place() -> list[str]:
    """Uses of `re` that compile a pattern where it is used, by file and line: no table would find them."""
    found = []
    for package in PACKAGES:
        for path in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Attribute) or node.attr in _COMPILERS:
                    continue
                if isinstance(node.value, ast.Name) and node.value.id == "re":
                    found.append(f"{path}:{node.lineno}")
    return found


def _is_defined(module: ModuleType, name: str) -> bool:
    """Whether the name is given a value in that module, and not imported into it."""
    source = Path(str(module.__file__)).read_text()
    return re.search(rf"^(class )?{re.escape(name)}\b", source, re.MULTILINE) is not None


def _in(value: Any) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif isinstance(value, (tuple, list)):
        for place, each in enumerate(value):
            if isinstance(each, re.Pattern):
                yield f"[{place}]", each
    elif isinstance(value, type) and value.__module__.partition(".")[0] in {each.__name__ for each in PACKAGES}:
        for name, each in vars(value).items():
            if isinstance(each, re.Pattern):
                yield f".{name}", each
