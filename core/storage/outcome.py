"""Whether anything may have been written since a piece of work began: an error must say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class _Work:
    may_have_written: bool = False


_work: ContextVar[_Work | None] = ContextVar("work", default=None)


@contextmanager
def one_work() -> Iterator[None]:
    """What is done until the end is one piece of work, a request: threads that it passes through share it."""
    token = _work.set(_Work())
    try:
        yield
    finally:
        _work.reset(token)


@contextmanager
def aside() -> Iterator[None]:
    """What is written until the end does not count: a counter of attempts, for example, which no request is for."""
    token = _work.set(None)
    try:
        yield
    finally:
        _work.reset(token)


def note_write() -> None:
    """Note that something was written, or may have been."""
    work = _work.get()
    if work is not None:
        work.may_have_written = True


def may_have_written() -> bool:
    """Whether the work under way has written something, or may have; False outside of any."""
    work = _work.get()
    return work is not None and work.may_have_written
