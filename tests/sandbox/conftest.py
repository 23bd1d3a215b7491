"""Fixtures of the tests of the sandbox: a template that loads the deeds."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.sandbox.job import Request
from core.sandbox.limits import Limits
from core.sandbox.process import Keeper, Outcome

DEEDS = "tests.sandbox.deeds"
Ask = Callable[..., Outcome]


@pytest.fixture(scope="module")
def keeper() -> Iterator[Keeper]:
    """A keeper of a template that knows the deeds."""
    kept = Keeper(lambda: (DEEDS,))
    yield kept
    kept.close()


@pytest.fixture
def ask(keeper: Keeper) -> Ask:
    """Have a child do a deed, with limits of 1 second of a processor and 200 MB."""

    def asked(deed: str, *arguments: Any, file: bytes = b"", limits: Limits = Limits(1, 200, 30)) -> Outcome:  # noqa: B008
        return keeper.ask(Request(DEEDS, deed, arguments, limits), io.BytesIO(file))

    return asked
