"""Items in tables: one seam, DynamoDB's meaning, an embedded store or a server behind it.

`store()` is the process's store; see `ItemStore` for what it can do and `core.storage.errors` for what can go wrong.
"""

from core.storage.current import administration, store, using
from core.storage.cursors import cursor_after, read_cursor, sign_cursor
from core.storage.errors import (
    ConditionFailed,
    CursorRefused,
    InvalidOperation,
    ItemTooLarge,
    Reason,
    StorageError,
    StoreUnavailable,
    TableMissing,
    Throttled,
    TransactionCancelled,
    TransactionConflict,
    UnprocessedItems,
)
from core.storage.item_store import MOST_GETS, MOST_TRANSACTION_WRITES, ItemStore
from core.storage.meter import Counts, Usage, by_journey, journey, measured
from core.storage.operations import (
    Attr,
    Change,
    Check,
    ConditionBase,
    Delete,
    Get,
    Item,
    Key,
    KeyCondition,
    Page,
    Put,
    Query,
    TableSize,
    Update,
    Write,
)
from core.storage.outcome import aside, one_work
from core.storage.schema import Attribute, Index, Table, number, text
from core.storage.store_urls import open_store
from core.storage.whole_store import Store

__all__ = [
    "MOST_GETS",
    "MOST_TRANSACTION_WRITES",
    "Attr",
    "Attribute",
    "Change",
    "Check",
    "ConditionBase",
    "ConditionFailed",
    "Counts",
    "CursorRefused",
    "Delete",
    "Get",
    "Index",
    "InvalidOperation",
    "Item",
    "ItemStore",
    "ItemTooLarge",
    "Key",
    "KeyCondition",
    "Page",
    "Put",
    "Query",
    "Reason",
    "StorageError",
    "Store",
    "StoreUnavailable",
    "Table",
    "TableMissing",
    "TableSize",
    "Throttled",
    "TransactionCancelled",
    "TransactionConflict",
    "UnprocessedItems",
    "Update",
    "Usage",
    "Write",
    "administration",
    "aside",
    "by_journey",
    "cursor_after",
    "journey",
    "measured",
    "number",
    "one_work",
    "open_store",
    "read_cursor",
    "sign_cursor",
    "store",
    "text",
    "using",
]
