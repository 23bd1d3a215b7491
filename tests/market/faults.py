"""Stores that fail, or are written to by others, at a chosen call."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.storage import Delete, Get, Item, Put, Store, Write


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class DyingStore(Store):
    """The same data as another store, on which the process is killed at one of its writes."""

    def __init__(self, store: Store, *, at_write: int, is_written: bool) -> None:
        """Killed at the write of this number, from 0; `is_written` says whether that write still reached the store."""
        super().__init__(store._backend)
        self._left = at_write
        self._is_written = is_written

    def batch_write(self, writes: Sequence[Put | Delete]) -> None:
        self._carry_out(lambda: super(DyingStore, self).batch_write(writes))

    def transact_write(self, writes: Sequence[Write]) -> None:
        self._carry_out(lambda: super(DyingStore, self).transact_write(writes))

    def _carry_out(self, write: Callable[[], None]) -> None:
        self._left -= 1
        if self._left >= 0 or self._is_written:
            write()
        if self._left < 0:
            raise Killed


class BusyStore(Store):
    """The same data as another store, to which others do something once, right after the first read of a batch."""

    def __init__(self, store: Store, others: Callable[[], object]) -> None:
        super().__init__(store._backend)
        self._others: Callable[[], object] | None = others

    def batch_get(self, gets: Sequence[Get], *, consistent: bool = False) -> list[Item | None]:
        items = super().batch_get(gets, consistent=consistent)
        others, self._others = self._others, None
        if others is not None:
            others()
        return items
