"""Stores on which things happen between two calls: a second evaluator at work, or the end of the process."""

from collections.abc import Callable, Sequence
from typing import Any

from core.storage import Page, Put, Query, Store, Write


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class Disturbed(Store):
    """The same data as another store; something may happen before and after every call.

    `happen` may raise Killed. What it does itself is left alone.
    """

    def __init__(self, whole: Store, happen: Callable[[], None]) -> None:
        super().__init__(_Calls(whole._backend, self._between))
        self._happen = happen
        self._is_happening = False

    def _between(self) -> None:
        if self._is_happening:
            return
        self._is_happening = True
        try:
            self._happen()
        finally:
            self._is_happening = False


class _Calls:
    """A backend that reports its calls."""

    def __init__(self, whole: Any, between: Callable[[], None]) -> None:
        self._whole = whole
        self._between = between

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._whole, name)

        def told(*args: Any, **options: Any) -> Any:
            self._between()
            answer = call(*args, **options)
            self._between()
            return answer

        return told


class Rivalled(Store):
    """The same data as another store; somebody else is faster than the first transaction."""

    def __init__(self, whole: Store, rival: Callable[[], object]) -> None:
        super().__init__(whole._backend)
        self._rival: Callable[[], object] | None = rival

    def transact_write(self, writes: Sequence[Write]) -> None:
        rival, self._rival = self._rival, None
        if rival is not None:
            rival()
        super().transact_write(writes)


class Refusing(Store):
    """The same data as another store, which ends every transaction on one alert in an error."""

    def __init__(self, whole: Store, alert_id: str, error: Exception) -> None:
        super().__init__(whole._backend)
        self._alert_id = alert_id
        self._error = error

    def transact_write(self, writes: Sequence[Write]) -> None:
        if any(isinstance(write, Put) and write.item.get("alert_id") == self._alert_id for write in writes):
            raise self._error
        super().transact_write(writes)


class Ending(Store):
    """The same data as another store, gone after that many queries: what would go on for ever ends in Killed."""

    def __init__(self, whole: Store, queries: int) -> None:
        super().__init__(whole._backend)
        self._left = queries

    def query(self, query: Query) -> Page:
        self._left -= 1
        if self._left < 0:
            raise Killed
        return super().query(query)


class WithoutIndex(Store):
    """The same data as another store, whose indexes show nothing yet."""

    def __init__(self, whole: Store) -> None:
        super().__init__(whole._backend)

    def query(self, query: Query) -> Page:
        return super().query(query) if query.index is None else Page(())
