"""A table is described as it is, whatever keys, indexes and expiry it has."""

from dataclasses import replace

import pytest

from core.storage import Index, Store, Table, number, text
from core.storage.schema import same_shape

SHAPES = {
    "key alone": Table("Names", text("name")),
    "number key": Table("Names", number("day")),
    "two parts": Table("Names", text("name"), number("at")),
    "expiring": Table("Names", text("name"), ttl="expires_at"),
    "index without sort key": Table("Names", text("name"), indexes=(Index("ColourIndex", text("colour")),)),
    "index on the table's own key": Table(
        "Names", text("name"), text("part"), indexes=(Index("PartIndex", text("part"), text("name")),)
    ),
    "many indexes": Table(
        "Names",
        text("name"),
        indexes=tuple(Index(f"Index{n}", text(f"a{n}"), number(f"b{n}")) for n in range(5)),
        ttl="expires_at",
    ),
}


@pytest.mark.parametrize("table", SHAPES.values(), ids=SHAPES)
def test_a_table_is_described_as_it_is(empty: Store, table: Table) -> None:
    empty.create_tables([table])

    described = empty.describe(table)

    assert described is not None
    assert same_shape(described, table)
    assert {index.name for index in described.indexes} == {index.name for index in table.indexes}
    assert empty.create_tables([table]) == []


def test_what_it_is_for_is_not_kept_in_the_store(empty: Store) -> None:
    table = SHAPES["many indexes"]
    empty.create_tables([replace(table, about="Names of things.", attributes={"name": "the name"})])

    described = empty.describe(table)

    assert described is not None
    assert (described.about, described.attributes) == ("", {})
    assert [index.about for index in described.indexes] == [""] * 5


def test_what_is_not_there_is_none(empty: Store) -> None:
    assert empty.describe(SHAPES["key alone"]) is None


def test_the_size_of_a_table_is_known_without_reading_it(empty: Store) -> None:
    table = SHAPES["two parts"]
    assert empty.size(table) is None
    empty.create_tables([table])
    empty.put(table, {"name": "a", "at": 1})
    size = empty.size(table)
    assert size is not None
    assert size.items == 1
    assert size.bytes > 0
