"""Which functions of the product a piece of work visits, as Python's profiler sees them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

PRODUCT = ("alerts", "market", "core")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function, a property or a constructor of the product.

    `callers` are the modules of the product on the way to it, the one that called in front.
    """

    callers: tuple[str, ...]
    module: str
    name: str
    code: CodeType

    @property
    def is_of_a_value(self) -> bool:
        """Whether it reads a property, or makes a value or a text of one: no step of any way."""
        owner, _, name = self.name.rpartition(".")
        found = vars(getattr(sys.modules[self.module], owner, object)).get(name)
        return isinstance(found, property) or name.startswith("__")


@contextmanager
def visits() -> Iterator[list[Call]]:
    """All calls of the product while it lasts, those out of a comprehension as its function's own."""
    found: list[Call] = []

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and _is_function(frame):
            found.append(Call(tuple(_callers(frame)), _module(frame), frame.f_code.co_qualname, frame.f_code))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)


def _callers(frame: FrameType) -> Iterator[str]:
    back = frame.f_back
    while back is not None:
        if _is_function(back):
            yield _module(back)
        back = back.f_back


def _is_function(frame: FrameType) -> bool:
    """Whether it is one of the product, and no comprehension within one."""
    return _module(frame).partition(".")[0] in PRODUCT and not frame.f_code.co_name.startswith("<")


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))
