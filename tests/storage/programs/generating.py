"""Programs: some items to begin with, then steps on a few keys, so that they meet."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from boto3.dynamodb.conditions import ConditionBase
from hypothesis import strategies as st

from core.storage import Change, Check, Delete, Get, Item, Key, Put, Table, Update, Write
from tests.storage.programs import values
from tests.storage.programs.conditions import ANY, NUMBER, SIZE, STATUS, TEXT, conditions
from tests.storage.programs.differences import Feature
from tests.storage.programs.querying import COLOURS, KINDS, NOTE_NAMES, OWNERS, TIMES, WEIGHTS, Queries
from tests.storage.programs.showing import shown
from tests.storage.programs.steps import AllPages, Batch, FirstPage, NextPage, Read, ReadMany, Single, Step, Transaction
from tests.storage.tables import NAMES, NOTES, READINGS

KEYS: tuple[tuple[Table, Key], ...] = (
    *((NOTES, {"owner": owner, "note": note}) for owner in OWNERS for note in NOTE_NAMES),
    *((READINGS, {"place": "here", "at": at}) for at in TIMES),
    *((NAMES, {"name": name}) for name in ("a", "b")),
)
"""Every key that a program can write to."""

Added = dict[str, values.Values]
"""Attributes that an update may add to, and what."""

MOST_STEPS = 15
MOST_WRITES = 4

_LABELS = st.sampled_from(["", "first", "second"])
_ADDRESSES = st.sampled_from(KEYS)
_SOME_ADDRESSES = st.lists(st.sampled_from(range(len(KEYS))), min_size=1, max_size=len(KEYS), unique=True)
_ONE_IN_FOUR = st.integers(0, 3).map(lambda drawn: drawn == 3)
_STEPS = st.sampled_from([Single, Single, Single, AllPages, FirstPage, NextPage, Transaction, Batch, Read, ReadMany])
_WRITES = st.sampled_from([Put, Change, Change, Delete])
_PARTS = st.sampled_from(["set", "add", "remove", "set_if_absent"])


@dataclass(frozen=True)
class Program:
    """Steps in their order; its text is what a person needs to play it again."""

    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        return "\n".join(["a program:", *(f"    {number}. {shown(step)}" for number, step in enumerate(self.steps, 1))])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How hypothesis shows it."""
        printer.text(repr(self))


class Generator:
    """Draws programs that contain these features. Strategies are made once: making one takes longer than a draw."""

    def __init__(self, features: frozenset[Feature]) -> None:
        anything = values.anything(features)
        self._only_removes = Feature.UPDATES_THAT_ONLY_REMOVE in features
        self._pages_between_writes = Feature.PAGES_BETWEEN_WRITES in features
        self._conditions = conditions(features)
        self._queries = Queries(self._conditions, features)
        general = {NUMBER: values.numbers, TEXT: values.texts, **dict.fromkeys((ANY, STATUS, SIZE), anything)}
        of_indexes = {
            "kind": st.sampled_from(KINDS),
            "weight": st.sampled_from(WEIGHTS),
            "colour": st.sampled_from(COLOURS),
        }
        self._attributes: dict[str, dict[str, values.Values]] = {
            NAMES.name: general,
            READINGS.name: general,
            NOTES.name: {**general, **of_indexes},
        }
        self._contents = {
            name: st.fixed_dictionaries({}, optional=attributes) for name, attributes in self._attributes.items()
        }
        self._names = {
            name: st.lists(st.sampled_from(sorted(attributes)), min_size=1, max_size=4, unique=True)
            for name, attributes in self._attributes.items()
        }
        self._always_added: Added = {"weight": st.just(Decimal(1))}
        self._added = {**self._always_added}
        if {Feature.SUMS_OF_ANY_NUMBERS, Feature.IMPOSSIBLE_UPDATES} <= features:
            self._added |= dict.fromkeys((NUMBER, ANY, STATUS), values.numbers)
        impossible = Feature.IMPOSSIBLE_UPDATES_IN_TRANSACTIONS in features
        self._added_in_transactions = self._added if impossible else self._always_added

    def programs(self) -> st.SearchStrategy[Program]:
        """A batch of items, then one to fifteen steps."""
        steps = st.lists(st.composite(self._step)(), min_size=1, max_size=MOST_STEPS)

        @st.composite
        def program(draw: st.DrawFn) -> Program:
            return Program((self._batch(draw), *draw(steps)))

        return program()

    def _step(self, draw: st.DrawFn) -> Step:
        kind: type[Step] = draw(_STEPS)
        if kind is Single:
            return Single(self._write(draw, *draw(_ADDRESSES), self._added))
        if kind is Batch:
            return self._batch(draw)
        if kind is Transaction:
            return Transaction(tuple(self._of_transaction(draw, *address) for address in _some(draw, MOST_WRITES)))
        if kind is Read:
            return Read(Get(*draw(_ADDRESSES)), consistent=draw(st.booleans()))
        if kind is ReadMany:
            return ReadMany(tuple(Get(*address) for address in _some(draw)))
        if kind is FirstPage:
            return FirstPage(self._queries.of_table(draw))
        if kind is AllPages:
            return AllPages(self._queries.of_table(draw) if draw(st.booleans()) else self._queries.of_index(draw))
        return NextPage() if self._pages_between_writes else Read(Get(*draw(_ADDRESSES)), consistent=True)

    def _batch(self, draw: st.DrawFn) -> Batch:
        def write(table: Table, key: Key) -> Put | Delete:
            return Put(table, self._item(draw, table, key)) if draw(st.booleans()) else Delete(table, key)

        return Batch(tuple(write(*address) for address in _some(draw)))

    def _of_transaction(self, draw: st.DrawFn, table: Table, key: Key) -> Write:
        if draw(_ONE_IN_FOUR):
            return Check(table, key, draw(self._conditions), draw(_LABELS))
        return self._write(draw, table, key, self._added_in_transactions)

    def _write(self, draw: st.DrawFn, table: Table, key: Key, added: Added) -> Put | Change | Delete:
        kind = draw(_WRITES)
        condition = self._condition(draw)
        label = draw(_LABELS) if condition is not None else ""
        if kind is Put:
            return Put(table, self._item(draw, table, key), condition, label)
        if kind is Delete:
            return Delete(table, key, condition, label)
        return Change(table, key, self._update(draw, table, added), condition, label)

    def _condition(self, draw: st.DrawFn) -> ConditionBase | None:
        return draw(self._conditions) if draw(st.booleans()) else None

    def _item(self, draw: st.DrawFn, table: Table, key: Key) -> Item:
        return {**key, **draw(self._contents[table.name])}

    def _update(self, draw: st.DrawFn, table: Table, added: Added) -> Update:
        attributes = self._attributes[table.name]
        parts: dict[str, Any] = {"set": {}, "add": {}, "set_if_absent": {}, "remove": ()}
        for name in draw(self._names[table.name]):
            part = draw(_PARTS)
            if part == "remove":
                parts["remove"] += (name,)
            elif part == "add" and name in added:
                parts["add"][name] = draw(added[name])
            else:
                parts["set_if_absent" if part == "set_if_absent" else "set"][name] = draw(attributes[name])
        if not (self._only_removes or parts["set"] or parts["add"] or parts["set_if_absent"]):
            parts["set"] = {"changed": 1}
        return Update(**parts)


def _some(draw: st.DrawFn, most: int = len(KEYS)) -> list[tuple[Table, Key]]:
    return [KEYS[position] for position in draw(_SOME_ADDRESSES)[:most]]
