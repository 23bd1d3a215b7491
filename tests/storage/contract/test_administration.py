"""Tables are made, described, moved and dropped."""

from dataclasses import replace

import pytest

from core.storage import Index, InvalidOperation, Store, Table, TableMissing, text
from core.storage.schema import same_shape
from tests.storage.tables import NAMES, NOTES, TABLES


def test_missing_tables_are_made_and_a_second_time_is_harmless(empty: Store) -> None:
    assert empty.create_tables([NAMES]) == ["Names"]
    empty.put(NAMES, {"name": "kept"})

    assert empty.create_tables(TABLES) == ["Notes", "Readings"]
    assert empty.create_tables(TABLES) == []
    assert empty.get(NAMES, {"name": "kept"}) == {"name": "kept"}


def test_a_table_is_described_as_it_was_declared(empty: Store) -> None:
    assert empty.describe(NOTES) is None
    empty.create_tables(TABLES)

    described = empty.describe(NOTES)

    assert described is not None
    assert same_shape(described, NOTES)
    assert described.ttl == "expires_at"


@pytest.mark.parametrize(
    "other",
    [
        Table("Names", text("other")),
        Table("Names", text("name"), text("part")),
        replace(NAMES, indexes=(Index("KindIndex", text("kind")),)),
    ],
    ids=["other key", "longer key", "more indexes"],
)
def test_a_table_that_exists_with_another_shape_is_not_touched(empty: Store, other: Table) -> None:
    empty.create_tables([NAMES])
    empty.put(NAMES, {"name": "kept"})

    with pytest.raises(InvalidOperation, match="Names"):
        empty.create_tables([other])

    assert empty.get(NAMES, {"name": "kept"}) == {"name": "kept"}


def test_a_dropped_table_is_gone_and_may_be_made_again_empty(empty: Store) -> None:
    empty.create_tables(TABLES)
    empty.put(NOTES, {"owner": "a", "note": "n", "kind": "memo", "weight": 1})

    empty.drop(NOTES)
    empty.drop(NOTES)

    assert empty.describe(NOTES) is None
    empty.create_tables([NOTES])
    assert list(empty.dump(NOTES)) == []


def test_everything_moves_by_dump_and_load(empty: Store) -> None:
    empty.create_tables(TABLES)
    stored = [{"owner": f"owner {n % 7}", "note": f"note {n}", "kind": "memo", "weight": n} for n in range(60)]
    assert empty.load(NOTES, iter(stored)) == 60

    dumped = sorted(empty.dump(NOTES), key=lambda item: item["weight"])

    assert dumped == stored


def test_a_missing_table_is_named_with_what_to_do(empty: Store) -> None:
    with pytest.raises(TableMissing, match="createtables"):
        empty.get(NAMES, {"name": "a"})
    with pytest.raises(TableMissing):
        empty.put(NAMES, {"name": "a"})
