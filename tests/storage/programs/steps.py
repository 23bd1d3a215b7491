"""The steps of a program: each asks a store for something and gives what it answered in a form to compare."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.storage import (
    Change,
    ConditionFailed,
    Delete,
    Get,
    Item,
    Put,
    Query,
    StorageError,
    Store,
    TransactionCancelled,
    Write,
)
from core.storage.codec import AttributeMap, encode_item
from tests.storage.programs.differences import Feature

MOST_PAGES = 30
Answer = Any


@dataclass
class Run:
    """A program under way on one store; `page` is the query whose next page may be asked for, None at its end."""

    store: Store
    features: frozenset[Feature]
    page: Query | None = None


@dataclass(frozen=True)
class Single:
    """One put, change or delete."""

    write: Put | Change | Delete

    def answer(self, run: Run) -> Answer:
        match self.write:
            case Put(table, item, condition, label):
                run.store.put(table, item, condition=condition, label=label)
                return None
            case Change(table, key, update, condition, label):
                return encode_item(run.store.update(table, key, update, condition=condition, label=label))
            case Delete(table, key, condition, label):
                return _typed(run.store.delete(table, key, condition=condition, label=label))


@dataclass(frozen=True)
class Batch:
    """Puts and deletes together."""

    writes: tuple[Put | Delete, ...]

    def answer(self, run: Run) -> Answer:
        run.store.batch_write(self.writes)


@dataclass(frozen=True)
class Transaction:
    """Writes all or nothing."""

    writes: tuple[Write, ...]

    def answer(self, run: Run) -> Answer:
        run.store.transact_write(self.writes)


@dataclass(frozen=True)
class Read:
    """One item."""

    get: Get
    consistent: bool

    def answer(self, run: Run) -> Answer:
        return _typed(run.store.get(self.get.table, self.get.key, consistent=self.consistent))


@dataclass(frozen=True)
class ReadMany:
    """Items in the order asked."""

    gets: tuple[Get, ...]

    def answer(self, run: Run) -> Answer:
        return [_typed(item) for item in run.store.batch_get(self.gets)]


@dataclass(frozen=True)
class FirstPage:
    """One page of a table; a later step may ask for the next one, whatever was written meanwhile."""

    query: Query

    def answer(self, run: Run) -> Answer:
        return _next_page(run, self.query)


@dataclass(frozen=True)
class NextPage:
    """The page after the last one read; nothing when that was the last."""

    def answer(self, run: Run) -> Answer:
        if run.page is None:
            return _shown_page(run, (), None)
        return _next_page(run, run.page)


@dataclass(frozen=True)
class AllPages:
    """All pages of a table or index. Rows with one key in an index may come in any order."""

    query: Query

    def answer(self, run: Run) -> Answer:
        items: list[Item] = []
        query = self.query
        for _ in range(MOST_PAGES):
            page = run.store.query(query)
            items += page.items
            if page.cursor is None:
                break
            query = replace(query, cursor=page.cursor)
        else:
            raise AssertionError(f"more than {MOST_PAGES} pages: {self.query}")
        rows = [encode_item(item) for item in items]
        if self.query.index is None:
            return rows
        sort = self.query.table.index(self.query.index).sort
        order = [] if sort is None else [row[sort.name] for row in rows]
        return order, sorted(rows, key=lambda row: repr([row[name] for name in self.query.table.key_names]))


Step = Single | Batch | Transaction | Read | ReadMany | FirstPage | NextPage | AllPages


def answers(steps: tuple[Step, ...], run: Run) -> Iterator[Answer]:
    """What the store answers to each step: values with their types, or the error with all that it says."""
    for step in steps:
        yield _answered(step, run)


def _answered(step: Step, run: Run) -> Answer:
    try:
        return step.answer(run)
    except ConditionFailed as error:
        return "ConditionFailed", error.label, _typed(error.item) if Feature.FAILED_ITEMS in run.features else None
    except TransactionCancelled as error:
        return "TransactionCancelled", [(reason.code, reason.label, _typed(reason.item)) for reason in error.reasons]
    except StorageError as error:
        return type(error).__name__


def _next_page(run: Run, query: Query) -> Answer:
    page = run.store.query(query)
    run.page = None if page.cursor is None else replace(query, cursor=page.cursor)
    return _shown_page(run, page.items, page.cursor)


def _shown_page(run: Run, items: tuple[Item, ...], cursor: Item | None) -> Answer:
    rows = [encode_item(item) for item in items]
    return (rows, _typed(cursor)) if Feature.LAST_CURSORS in run.features else rows


def _typed(item: Mapping[str, Any] | None) -> AttributeMap | None:
    return None if item is None else encode_item(item)
