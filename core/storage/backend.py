"""What a backend must do: carry out prepared operations, once, and return what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Generic, NamedTuple, Protocol, TypeVar

from core.storage.codec import AttributeMap
from core.storage.operations import TableSize
from core.storage.prepared import TypedQuery, TypedWrite
from core.storage.schema import Index, Table

T = TypeVar("T")


class Answer(NamedTuple, Generic[T]):
    """What an operation found, and its capacity units."""

    value: T
    read_units: float = 0
    write_units: float = 0


class TypedPage(NamedTuple):
    """Rows of a query; the cursor is None when nothing is left to read."""

    items: list[AttributeMap]
    cursor: AttributeMap | None


class Backend(Protocol):
    """One try of every operation; retries, checks and metering are not its business.

    Raises the errors of `core.storage.errors`; an outage is StoreUnavailable, with `repeatable` False where the
    operation may have been done although its answer was lost.
    """

    def get(self, table: Table, key: AttributeMap, *, consistent: bool) -> Answer[AttributeMap | None]:
        """One item."""

    def batch_get(
        self, keys: Sequence[tuple[Table, AttributeMap]], *, consistent: bool
    ) -> Answer[dict[int, AttributeMap | None]]:
        """Items by position; a position that is not in the answer was left unread."""

    def write(self, write: TypedWrite) -> Answer[AttributeMap | None]:
        """A put, change or delete; a change returns the item afterwards, a delete the one before."""

    def query(self, query: TypedQuery) -> Answer[TypedPage]:
        """One page."""

    def batch_write(self, writes: Sequence[TypedWrite]) -> Answer[list[TypedWrite]]:
        """Puts and deletes; returns those left undone."""

    def transact_write(self, writes: Sequence[TypedWrite], token: str) -> Answer[None]:
        """All or nothing; a repeated token is not done twice."""

    def create(self, table: Table) -> bool:
        """Make the table if it is missing; whether it was made."""

    def add_index(self, table: Table, index: Index) -> None:
        """Make a further index of a table that exists, and return once it is filled."""

    def add_ttl(self, table: Table, ttl: str) -> None:
        """Let the items of a table that exists expire by an attribute."""

    def conform(self, table: Table) -> bool:
        """Bring the indexes and the TTL of a table that exists to its declaration; whether anything differed."""

    def used_elsewhere(self) -> bool:
        """Whether another process has the store open, where that can be known."""

    def describe(self, table: Table) -> Table | None:
        """The table as it is in the store; None where it is missing."""

    def size(self, table: Table) -> TableSize | None:
        """How much the table holds; None where it is missing."""

    def drop(self, table: Table) -> None:
        """Delete the table, if there is one."""

    def scan(self, table: Table) -> Iterator[list[AttributeMap]]:
        """All items, a page at a time."""

    def snapshot(self) -> AbstractContextManager[Backend]:
        """The data of one moment, as near as the server comes to it."""

    def purge_expired(self, now: int) -> int:
        """Delete items whose TTL is at or before `now` (epoch seconds), where the server does not; how many."""

    def catch_up(self) -> None:
        """Bring indexes up to date, where the store makes them lag on purpose."""

    def close(self) -> None:
        """Give back what is held: files, sockets."""
