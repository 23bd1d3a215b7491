"""Stores that fail, or are written to by others, at a chosen call."""

from collections.abc import Callable, Sequence

from core.storage import Delete, Get, Item, Put, Store, Write


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class DyingStore(Store):
    """The same data as another store, on which the process is killed at one of its writes."""

    def __init__(self, store: Store, *, at_write: int, is_written: bool) -> None:
        """Killed at the write of this number, from 0; `is_written` says whether that write still reached the store.

        Of a batch, which is not all or nothing, only the last part reaches it then.
        """
        super().__init__(store._backend)
        self._left = at_write
        self._is_written = is_written

    def batch_write(self, writes: Sequence[Put | Delete]) -> None:
        write = super().batch_write
        self._carry_out(lambda: write(writes), at_last=lambda: write(writes[-1:]))

    def transact_write(self, writes: Sequence[Write]) -> None:
        transact = super().transact_write
        self._carry_out(lambda: transact(writes), at_last=lambda: transact(writes))

    def _carry_out(self, write: Callable[[], None], *, at_last: Callable[[], None]) -> None:
        if self._left > 0:
            self._left -= 1
            write()
            return
        if self._is_written:
            at_last()
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
