"""The items of a store: checks, retries and metering around any backend."""

import time
import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar

from boto3.dynamodb.conditions import ConditionBase

from core.storage import checks, prepared
from core.storage.backend import Answer, Backend
from core.storage.codec import AttributeMap, decode_item
from core.storage.errors import InvalidOperation, StorageError, StoreUnavailable, Throttled, UnprocessedItems
from core.storage.meter import Counts, record, record_error
from core.storage.operations import Change, Delete, Get, Item, Key, Page, Put, Query, Update, Write
from core.storage.outcome import note_write
from core.storage.prepared import TypedWrite
from core.storage.retries import with_retries
from core.storage.schema import Table
from core.storage.sizes import LARGEST_BATCH, LARGEST_TRANSACTION, item_size

T = TypeVar("T")

MOST_GETS = 100
MOST_BATCH_WRITES = 25
MOST_TRANSACTION_WRITES = 100


class ItemStore:
    """Items in tables, with DynamoDB's meaning on every backend. One call is one request.

    Numbers come back as Decimal. Raises the errors of `core.storage.errors`: InvalidOperation for a call that
    breaks a rule, StoreUnavailable when retries are used up.

    A call that was throttled or in conflict is tried again: nothing was written. When a server's answer is lost, reads,
    transactions (by their token, never done twice) and writes that may be repeated are tried again. A single put,
    update or delete is not, if it has a condition, adds, or deletes: it may have been done. StoreUnavailable then says
    that the outcome is unknown; where it must be known, put the write into a transaction, or read before trying again.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def get(self, table: Table, key: Key, *, consistent: bool = False) -> Item | None:
        """The item of a key, None where there is none."""
        typed = checks.encoded_key(table, key)
        found = _asked(table, lambda: self._backend.get(table, typed, consistent=consistent))
        return None if found is None else decode_item(found)

    def batch_get(self, gets: Sequence[Get], *, consistent: bool = False) -> list[Item | None]:
        """Up to 100 items of any tables in one request, in the order asked, None where there is none.

        The same key twice is refused. Keys that the store leaves unread are read again within the retry budget.
        """
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
        """A put, update or delete as a value: the item as an update left it or a delete found it, `{}` for none.

        Raises ConditionFailed.
        """
        typed = prepared.write(write)
        answer = _asked(write.table, lambda: self._backend.write(typed), writes=True)
        return decode_item(answer or {})

    def put(self, table: Table, item: Item, *, condition: ConditionBase | None = None, label: str = "") -> None:
        """Write a whole item. Raises ConditionFailed."""
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
        """Change one item and return it as it is afterwards, `{}` for none. Raises ConditionFailed."""
        return self.write(Change(table, key, update, condition, label))

    def delete(self, table: Table, key: Key, *, condition: ConditionBase | None = None, label: str = "") -> Item | None:
        """Delete one item and return what was there. Raises ConditionFailed."""
        return self.write(Delete(table, key, condition, label)) or None

    def query(self, query: Query) -> Page:
        """One page of rows."""
        typed = prepared.query(query)
        page = _asked(query.table, lambda: self._backend.query(typed))
        return Page(
            tuple(decode_item(item) for item in page.items),
            None if page.cursor is None else decode_item(page.cursor),
        )

    def batch_write(self, writes: Sequence[Put | Delete]) -> None:
        """Up to 25 puts and deletes without conditions, in no order, not all or nothing.

        Raises UnprocessedItems with what was left when retries are used up.
        """
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
        """Up to 100 writes, all or nothing, no two of them on one item. Raises TransactionCancelled."""
        checks.check_count(len(writes), MOST_TRANSACTION_WRITES, "a transaction")
        typed = [prepared.write(write) for write in writes]
        checks.check_distinct([(write.table, write.key) for write in typed], "a transaction")
        _check_together(typed, LARGEST_TRANSACTION, "a transaction")
        token = str(uuid.uuid4())
        _asked(writes[0].table, lambda: self._backend.transact_write(typed, token), writes=True)


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
