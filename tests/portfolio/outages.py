"""Stores that fail in the ways that real ones do."""

from collections.abc import Sequence
from typing import Literal

from core.storage import Store, StoreUnavailable, Write

Moment = Literal["before", "after"]


class FailingOnce(Store):
    """A store that does not answer the first transaction: before it was done, or after (the answer is lost)."""

    def __init__(self, whole: Store, moment: Moment) -> None:
        super().__init__(whole._backend)
        self._moment: Moment | None = moment

    def transact_write(self, writes: Sequence[Write]) -> None:
        moment, self._moment = self._moment, None
        if moment != "before":
            super().transact_write(writes)
        if moment is not None:
            raise StoreUnavailable(repeatable=False)
