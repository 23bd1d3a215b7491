"""The item store that the product uses: checks, retries and metering around any backend."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TypeVar

from boto3.dynamodb.conditions import ConditionBase

from core import clock
from core.storage import checks, prepared
from core.storage.backend import Answer, Backend
from core.storage.codec import AttributeMap, decode_item
from core.storage.errors import InvalidOperation, StorageError, StoreUnavailable, Throttled, UnprocessedItems
from core.storage.metering import Counts, record, record_error
from core.storage.operations import Change, Delete, Get, Item, Key, Page, Put, Query, TableSize, Update, Write
from core.storage.outcome import note_write
from core.storage.prepared import TypedWrite
from core.storage.retries import with_retries
from core.storage.schema import Table
from core.storage.sizes import LARGEST_BATCH, LARGEST_TRANSACTION, item_size

T = TypeVar("T")

MOST_GETS = 100
MOST_BATCH_WRITES = 25
MOST_TRANSACTION_WRITES = 100


class Store:
    """An `ItemStore` and its `TableAdministration` on one backend; the docstrings are the protocols'."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def get(self, table: Table, key: Key, *, consistent: bool = False) -> Item | None:
        typed = checks.encoded_key(table, key)
        found = _asked(table, lambda: self._backend.get(table, typed, consistent=consistent))
        return None if found is None else decode_item(found)

    def batch_get(self, gets: Sequence[Get], *, consistent: bool = False) -> list[Item | None]:
        checks.check_count(len(gets), MOST_GETS, "a batch of reads")
        keys = [(get.table, checks.encoded_key(get.table, get.key)) for get in gets]
        checks.check_distinct(keys, "a batch of reads")
        found: dict[int, AttributeMap | None] = {}
        units = 0.0

        def read() -> Answer[None]:
            nonlocal units
            left = [position for position in range(len(keys)) if position not in found]
            answer = self._backend.batch_get([keys[position] for position in left], consistent=consistent)
            found.update({left[position]: item for position, item in answer.value.items()})
            units += answer.read_units
            if len(found) < len(keys):
                raise StoreUnavailable(f"{len(keys) - len(found)} of {len(keys)} items were left unread")
            return Answer(None, units)

        _asked(gets[0].table, read)
        return [None if (item := found[position]) is None else decode_item(item) for position in range(len(keys))]

    def write(self, write: Put | Change | Delete) -> Item:
        typed = prepared.write(write)
        answer = _asked(write.table, lambda: self._backend.write(typed), writes=True)
        return decode_item(answer or {})

    def put(self, table: Table, item: Item, *, condition: ConditionBase | None = None, label: str = "") -> None:
        self.write(Put(table, item, condition, label))

    def update(
        self,
        table: Table,
        key: Key,
        update: Update,
        *,
        condition: ConditionBase | None = None,
        label: str = "",
    ) -> Item:
        return self.write(Change(table, key, update, condition, label))

    def delete(self, table: Table, key: Key, *, condition: ConditionBase | None = None, label: str = "") -> Item | None:
        return self.write(Delete(table, key, condition, label)) or None

    def query(self, query: Query) -> Page:
        typed = prepared.query(query)
        page = _asked(query.table, lambda: self._backend.query(typed))
        return Page(
            tuple(decode_item(item) for item in page.items),
            None if page.cursor is None else decode_item(page.cursor),
        )

    def batch_write(self, writes: Sequence[Put | Delete]) -> None:
        checks.check_count(len(writes), MOST_BATCH_WRITES, "a batch of writes")
        if any(write.condition is not None for write in writes):
            raise InvalidOperation("a batch takes no conditions; use a transaction")
        typed = [prepared.write(write) for write in writes]
        checks.check_distinct([(write.table, write.key) for write in typed], "a batch of writes")
        _check_together(typed, LARGEST_BATCH, "a batch of writes")
        originals = dict(zip(map(id, typed), writes, strict=True))
        left, units = typed, 0.0

        def write() -> Answer[None]:
            nonlocal left, units
            answer = self._backend.batch_write(left)
            left = answer.value
            units += answer.write_units
            if left:
                raise UnprocessedItems(tuple(originals[id(undone)] for undone in left))
            return Answer(None, 0, units)

        _asked(writes[0].table, write, writes=True)

    def transact_write(self, writes: Sequence[Write]) -> None:
        checks.check_count(len(writes), MOST_TRANSACTION_WRITES, "a transaction")
        typed = [prepared.write(write) for write in writes]
        checks.check_distinct([(write.table, write.key) for write in typed], "a transaction")
        _check_together(typed, LARGEST_TRANSACTION, "a transaction")
        token = str(uuid.uuid4())
        _asked(writes[0].table, lambda: self._backend.transact_write(typed, token), writes=True)

    def create_tables(self, tables: Iterable[Table]) -> list[str]:
        return [table.name for table in tables if self._backend.create(table)]

    def add_index(self, table: Table, name: str) -> None:
        self._backend.add_index(table, table.index(name))

    def add_ttl(self, table: Table) -> None:
        if table.ttl is not None:
            self._backend.add_ttl(table, table.ttl)

    def conform(self, table: Table) -> bool:
        return self._backend.conform(table)

    def used_elsewhere(self) -> bool:
        return self._backend.used_elsewhere()

    def describe(self, table: Table) -> Table | None:
        return self._backend.describe(table)

    def size(self, table: Table) -> TableSize | None:
        return self._backend.size(table)

    def drop(self, table: Table) -> None:
        self._backend.drop(table)

    def dump(self, table: Table) -> Iterator[Item]:
        for page in self._backend.scan(table):
            yield from map(decode_item, page)

    def load(self, table: Table, items: Iterable[Item]) -> int:
        count = 0
        rest = iter(items)
        while batch := [Put(table, item) for item in islice(rest, MOST_BATCH_WRITES)]:
            self.batch_write(batch)
            count += len(batch)
        return count

    @contextmanager
    def snapshot(self) -> Iterator[Store]:
        with self._backend.snapshot() as backend:
            yield Store(backend)

    def purge_expired(self, now: datetime) -> int:
        return self._backend.purge_expired(clock.to_seconds(now))

    def catch_up(self) -> None:
        self._backend.catch_up()

    def close(self) -> None:
        self._backend.close()


def _check_together(writes: list[TypedWrite], most: int, what: str) -> None:
    size = sum(write.size or item_size(write.key) for write in writes)
    if size > most:
        raise InvalidOperation(f"{what} of {size} bytes; the store takes {most}")


def _asked(table: Table, call: Callable[[], Answer[T]], *, writes: bool = False) -> T:
    """The value of the answer, with retries, counted for the table as one request."""
    counts = Counts(requests=1)

    def count_retry() -> None:
        counts.retries += 1

    def tried() -> Answer[T]:
        try:
            return call()
        except Throttled:
            counts.throttles += 1
            raise

    started = time.perf_counter()
    try:
        answer = with_retries(tried, on_retry=count_retry)
        counts.read_units, counts.write_units = answer.read_units, answer.write_units
        if writes:
            note_write()
        return answer.value
    except StorageError as error:
        if writes and getattr(error, "outcome_unknown", False):
            note_write()
        record_error(table.name, type(error).__name__)
        raise
    finally:
        counts.seconds = time.perf_counter() - started
        record(table.name, counts)
