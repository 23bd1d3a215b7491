"""Armed alerts by the million in seconds: the rows that the store would write, put into its file in one go."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from alerts.domain.alert import SUBSCRIBER, Alert
from alerts.domain.conditions import PriceCondition
from alerts.domain.terms import Frequency, Terms
from alerts.repositories.alerts import alert_item
from alerts.routing import usual
from alerts.tables import ALERT_CONFIGURATIONS
from core.storage import Store, Update
from core.storage.codec import AttributeMap, encode, encode_item
from core.storage.item_json import to_json
from core.storage.sizes import item_size
from core.storage.sqlite.rows import KeyBytes, index_bytes, key_bytes
from core.storage.sqlite.statements import Statements
from market.triggers.crossing import Operator
from market.triggers.moves import CLOSE
from market.triggers.partitions import Direction, Partition
from market.triggers.tables import TRIGGER_SERIES

ASSET = "bitcoin"
START = Decimal(1_000)
FAR = Decimal(1_000_000)
"""No price of a measurement comes near it."""
STEP = Decimal("0.1")
ALERTS_OF_A_USER = 100
MADE_AT = datetime(2026, 1, 31, 7, 0, tzinfo=UTC)
STRIDE = 7_919
"""A prime: its multiples, modulo a power of ten, come upon every number once, far from one to the next."""

Parameters = tuple[bytes, bytes, str, int, None]


def alert(number: int, threshold: Decimal) -> Alert:
    """The alert of this number: on a close of bitcoin above the threshold, once; each user has 100."""
    return Alert(
        username=f"user-{number // ALERTS_OF_A_USER:07d}",
        alert_id=f"019c12a4-5d00-7000-8000-{number:012d}",
        asset_id=ASSET,
        ticker="BTC",
        asset_name="Bitcoin",
        terms=Terms(PriceCondition(Operator.ABOVE, threshold), Frequency.ONCE, channels=usual()),
        created_at=MADE_AT,
        updated_at=MADE_AT,
        digest="3f1d2c9a7b5e4f60",
    )


def alerts(count: int, near: int) -> Iterator[tuple[int, Decimal]]:
    """Number and threshold of each: `near` of them a step apart from the start up, all others far away.

    Neighbours on the price belong to different users wherever there are enough. `count` is a power of ten.
    """
    for number in range(count):
        place = number * STRIDE % count
        yield number, START + place * STEP if place < near else FAR + place


def load(store: Store, path: Path, *, count: int, near: int) -> None:
    """Put this many armed alerts into the empty file of the store, and count them on the row of their series."""
    statements = Statements(ALERT_CONFIGURATIONS)
    index_rows: list[list[tuple[bytes, ...]]] = [[] for _ in statements.indexes]

    def rows() -> Iterator[Parameters]:
        for item in _items(count, near):
            address = key_bytes(ALERT_CONFIGURATIONS.key, item)
            for kept, index in zip(index_rows, statements.indexes, strict=True):
                kept.append((*_in_index(index_bytes(index.index, item)), *address))
            yield (*address, to_json(item), item_size(item), None)

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(statements.put, rows())
        for kept, index in zip(index_rows, statements.indexes, strict=True):
            connection.executemany(index.put, sorted(kept))
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    counted = Partition(CLOSE, Direction.UP).count_name(SUBSCRIBER)
    store.update(TRIGGER_SERIES, {"series_id": ASSET}, Update(add={counted: count}))


def _items(count: int, near: int) -> Iterator[AttributeMap]:
    """Each alert's row, made from that of the first by what differs: a tenth of the time."""
    first = encode_item(alert_item(alert(0, START)))
    condition = first["condition"]["M"]
    above = alert(0, START).judged.armed_level - START
    for number, threshold in alerts(count, near):
        yield first | {
            "username": {"S": f"user-{number // ALERTS_OF_A_USER:07d}"},
            "alert_id": {"S": f"019c12a4-5d00-7000-8000-{number:012d}"},
            "condition": {"M": condition | {"threshold": encode(threshold)}},
            "threshold": encode(threshold + above),
        }


def _in_index(key: KeyBytes | None) -> KeyBytes:
    if key is None:
        raise ValueError("an armed alert that is not in every index")
    return key
