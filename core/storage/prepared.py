"""Operations after the checks: typed, complete, ready for any backend."""

from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import ConditionBase

from core.storage import checks
from core.storage.codec import AttributeMap, encode_item
from core.storage.conditions import KeyRange, Predicate, key_range, names, predicate
from core.storage.errors import CursorRefused, InvalidOperation
from core.storage.operations import Change, Check, Delete, Put, Query, Update, Write
from core.storage.schema import Index, Table


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it was given, and as a function of a typed item (`{}` for none)."""

    source: ConditionBase
    holds: Predicate


@dataclass(frozen=True, slots=True)
class TypedUpdate:
    """An Update with typed values."""

    set: AttributeMap
    add: AttributeMap
    remove: tuple[str, ...]
    set_if_absent: AttributeMap

    @property
    def makes_item(self) -> bool:
        """Whether it makes the item where there is none; one that only removes attributes does not."""
        return bool(self.set or self.add or self.set_if_absent)


@dataclass(frozen=True, slots=True)
class TypedWrite:
    """One write: a put has an item and its size, a change an update, a delete is marked; a check has none of them."""

    table: Table
    key: AttributeMap
    condition: Condition | None
    label: str
    item: AttributeMap | None = None
    update: TypedUpdate | None = None
    delete: bool = False
    size: int = 0

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice is the same as doing it once, also in what it returns."""
        return self.condition is None and not self.delete and (self.update is None or not self.update.add)


@dataclass(frozen=True, slots=True)
class TypedQuery:
    """One page of one partition; `index` is None on the table itself."""

    table: Table
    index: Index | None
    range: KeyRange
    filter: Condition | None
    limit: int | None
    descending: bool
    cursor: AttributeMap | None
    consistent: bool


def condition(source: ConditionBase | None) -> Condition | None:
    """The checked condition. Raises InvalidOperation."""
    return None if source is None else Condition(source, predicate(source))


def write(operation: Write) -> TypedWrite:
    """The checked write. Raises InvalidOperation, ItemTooLarge."""
    table, holds, label = operation.table, condition(operation.condition), operation.label
    match operation:
        case Put(item=item):
            typed, size = checks.whole_item(table, item)
            key = {name: typed[name] for name in table.key_names}
            return TypedWrite(table, key, holds, label, item=typed, size=size)
        case Change(key=key, update=update):
            return TypedWrite(table, checks.encoded_key(table, key), holds, label, update=_update(table, update))
        case Delete(key=key):
            return TypedWrite(table, checks.encoded_key(table, key), holds, label, delete=True)
        case Check(key=key):
            return TypedWrite(table, checks.encoded_key(table, key), holds, label)


def query(operation: Query) -> TypedQuery:
    """The checked query. Raises InvalidOperation, CursorRefused."""
    table = operation.table
    index = None if operation.index is None else _index(table, operation.index)
    key = table.key if index is None else index.key
    if index is not None and operation.consistent:
        raise InvalidOperation(f"{table.name}, {index.name}: an index cannot be read consistently; query the table")
    if operation.limit is not None and operation.limit < 1:
        raise InvalidOperation(f"a limit of {operation.limit}; the least is 1")
    filtered = set() if operation.filter is None else names(operation.filter)
    if of_key := filtered & {attribute.name for attribute in key}:
        raise InvalidOperation(f"{table.name}: {', '.join(of_key)} is of the key that is queried; filter by `where`")
    selected = key_range(operation.where, key)
    return TypedQuery(
        table=table,
        index=index,
        range=selected,
        filter=condition(operation.filter),
        limit=operation.limit,
        descending=operation.descending,
        cursor=None if operation.cursor is None else _cursor(table, index, selected, dict(operation.cursor)),
        consistent=operation.consistent,
    )


def cursor_names(table: Table, index: Index | None) -> tuple[str, ...]:
    """The attributes of a cursor: the keys of the table and of the index queried."""
    of_index = () if index is None else tuple(attribute.name for attribute in index.key)
    return tuple(dict.fromkeys((*table.key_names, *of_index)))


def _index(table: Table, name: str) -> Index:
    try:
        return table.index(name)
    except KeyError as error:
        raise InvalidOperation(str(error.args[0])) from error


def _cursor(table: Table, index: Index | None, selected: KeyRange, cursor: dict[str, Any]) -> AttributeMap:
    wanted = cursor_names(table, index)
    try:
        encoded = encode_item(cursor)
    except InvalidOperation as error:
        raise CursorRefused("the cursor is not one of this query") from error
    types = {attribute.name: attribute.type for attribute in (*table.key, *(() if index is None else index.key))}
    if set(encoded) != set(wanted) or any(types[name] not in encoded[name] for name in wanted):
        raise CursorRefused("the cursor is not one of this query")
    if not selected.holds(encoded):
        raise CursorRefused("the cursor is outside of what is queried")
    return encoded


def _update(table: Table, update: Update) -> TypedUpdate:
    checks.check_update(table, update)
    typed = TypedUpdate(
        encode_item(update.set), encode_item(update.add), tuple(update.remove), encode_item(update.set_if_absent)
    )
    changed = {**typed.set, **typed.add, **typed.set_if_absent}
    checks.check_index_keys(table, changed)
    return typed
