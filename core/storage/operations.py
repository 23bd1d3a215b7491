"""Operations on the item store: frozen values that a backend carries out.

Repositories import them from here, not from `core.storage`, which has the store itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from boto3.dynamodb.conditions import Attr, AttributeNotExists, ConditionBase
from boto3.dynamodb.conditions import Key as KeyCondition

from core.storage.schema import Table

__all__ = [
    "Attr",
    "Change",
    "Check",
    "ConditionBase",
    "Delete",
    "Get",
    "Item",
    "Key",
    "KeyCondition",
    "Page",
    "Put",
    "Query",
    "Table",
    "TableSize",
    "Update",
    "Write",
]

Item = dict[str, Any]
Key = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """What an update does to an item; the item is made where there is none, unless it only removes.

    set: attribute -> value. add: attribute -> number to add, from 0 where absent.
    remove: attributes to remove. set_if_absent: attribute -> value, kept where it is there.
    Raises ValueError when it says nothing or names one attribute twice.
    """

    set: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    set_if_absent: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [*self.set, *self.add, *self.remove, *self.set_if_absent]
        if not names:
            raise ValueError("an update that changes nothing")
        if len(names) != len(set(names)):
            raise ValueError(f"an attribute is named twice in one update: {sorted(names)}")


@dataclass(frozen=True, slots=True)
class Put:
    """Write a whole item, replacing what has its key."""

    table: Table
    item: Item
    condition: ConditionBase | None = None
    label: str = ""

    @property
    def is_insert(self) -> bool:
        """Whether it only makes a new item: its condition is that an attribute, one of the key, is not there."""
        return isinstance(self.condition, AttributeNotExists)


@dataclass(frozen=True, slots=True)
class Change:
    """Apply an update to the item of a key."""

    table: Table
    key: Key
    update: Update
    condition: ConditionBase | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete the item of a key; nothing happens where there is none."""

    table: Table
    key: Key
    condition: ConditionBase | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Only a condition on the item of a key, inside a transaction."""

    table: Table
    key: Key
    condition: ConditionBase
    label: str = ""


Write = Put | Change | Delete | Check


@dataclass(frozen=True, slots=True)
class Get:
    """The address of one item, for reading many at once."""

    table: Table
    key: Key


@dataclass(frozen=True, slots=True)
class Query:
    """Rows of one partition of a table or index, in the order of the sort key.

    where: a boto3 `Key` condition. filter: an `Attr` condition on attributes that are not of the key; rows are
    counted against `limit` before it. limit: rows read at most, None for as many as fit in 1 MB.
    cursor: the `Page.cursor` of the page before. consistent is refused on an index.
    """

    table: Table
    where: ConditionBase
    index: str | None = None
    filter: ConditionBase | None = None
    limit: int | None = None
    descending: bool = False
    cursor: Key | None = None
    consistent: bool = False


@dataclass(frozen=True, slots=True)
class TableSize:
    """How many items a table holds, and their bytes as DynamoDB counts them, indexes aside."""

    items: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a query; `cursor` is None when nothing is left to read."""

    items: tuple[Item, ...]
    cursor: Item | None = None
