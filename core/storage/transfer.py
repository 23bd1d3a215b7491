"""Whole tables on their way from one store to another, counted and summed, so that what arrived can be compared."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.storage.codec import AttributeMap, encode_item
from core.storage.errors import StorageError
from core.storage.item_json import to_json
from core.storage.operations import Item
from core.storage.schema import Table
from core.storage.whole_store import Store

_CHECKSUMS = 2**256


class TransferFailed(StorageError):
    """Tables did not arrive as they were, or must not be moved; the message says which and what to do."""


@dataclass(slots=True)
class Tally:
    """How many items, and the sum of their SHA-256 digests modulo 2**256, which no order of them changes."""

    items: int = 0
    checksum: int = 0

    def add(self, item: AttributeMap) -> None:
        """Count a typed item in. Its attributes may be in any order, also inside of maps."""
        text = json.dumps(json.loads(to_json(item)), sort_keys=True)
        digest = hashlib.sha256(text.encode()).digest()
        self.items += 1
        self.checksum = (self.checksum + int.from_bytes(digest, "big")) % _CHECKSUMS

    def of(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, counted in as they pass."""
        for item in items:
            self.add(encode_item(item))
            yield item


def tally_of(store: Store, table: Table) -> Tally:
    """The tally of what is in the table, read once, item by item."""
    tally = Tally()
    for _ in tally.of(store.dump(table)):
        pass
    return tally


def require_empty(store: Store, tables: Iterable[Table]) -> None:
    """Raises TransferFailed when one of the tables holds an item."""
    for table in tables:
        if next(iter(store.dump(table)), None) is not None:
            raise TransferFailed(
                f"{table.name} holds items already. Load into an empty store; or, after an interrupted try, "
                "repeat it with --continue, which writes every item again and compares the whole."
            )


def load(store: Store, table: Table, items: Iterable[Item]) -> int:
    """Put every item, a batch at a time; how many. Raises TransferFailed when the store gives up."""
    try:
        return store.load(table, items)
    except TransferFailed:
        raise
    except StorageError as error:
        raise TransferFailed(f"Interrupted at {table.name}: {error}. Repeat it with --continue.") from error


def compare(store: Store, expected: Mapping[Table, Tally]) -> None:
    """Read every table back. Raises TransferFailed unless each holds what was sent, and nothing else."""
    wrong = [
        f"{table.name} ({found.items} items where {sent.items} were sent)"
        for table, sent in expected.items()
        if (found := tally_of(store, table)) != sent
    ]
    if wrong:
        raise TransferFailed(
            f"These tables do not hold what was sent: {', '.join(wrong)}. Something else writes to them, or they held "
            "items before: stop the site, drop them, and repeat it."
        )
