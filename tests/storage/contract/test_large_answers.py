"""What does not fit in one answer of the server comes all the same: pages by 1 MB, batches of 100 keys and 16 MB."""

from typing import Any

from core.storage import Attr, Get, KeyCondition, Query, Store, measured
from tests.storage.tables import NOTES, READINGS

HERE = KeyCondition("place").eq("here")
MEGABYTE = 1024 * 1024


def filled(store: Store, count: int, size: int) -> None:
    for at in range(count):
        store.put(READINGS, {"place": "here", "at": at, "even": at % 2 == 0, "filling": "x" * size})


def pages(store: Store, **query: Any) -> list[list[int]]:
    found, cursor = [], None
    while True:
        page = store.query(Query(READINGS, HERE, cursor=cursor, **query))
        found.append([int(item["at"]) for item in page.items])
        cursor = page.cursor
        if cursor is None:
            return found


def test_no_row_is_lost_between_pages_in_either_direction(items: Store) -> None:
    filled(items, 12, 200_000)

    upwards, downwards = pages(items), pages(items, descending=True)

    assert [at for page in upwards for at in page] == list(range(12))
    assert [at for page in downwards for at in page] == list(range(11, -1, -1))
    for found in (upwards, downwards):
        assert all(4 <= len(page) <= 6 for page in found[:-1])
        assert len(found) in (2, 3)


def test_rows_that_a_filter_leaves_out_count_for_the_page(items: Store) -> None:
    filled(items, 12, 200_000)

    found = pages(items, filter=Attr("even").eq(True))

    assert [at for page in found for at in page] == [0, 2, 4, 6, 8, 10]
    assert len(found) in (2, 3)


def test_the_smaller_of_limit_and_megabyte_ends_the_page(items: Store) -> None:
    filled(items, 6, 200_000)

    assert [len(page) for page in pages(items, limit=2)][:3] == [2, 2, 2]
    assert len(pages(items, limit=100)[0]) in (4, 5, 6)


def test_pages_of_an_index_end_by_the_megabyte_too(items: Store) -> None:
    for number in range(8):
        items.put(
            NOTES, {"owner": f"o{number}", "note": "n", "kind": "memo", "weight": number, "filling": "x" * 300_000}
        )
    found, cursor, count = [], None, 0

    while count == 0 or cursor is not None:
        page = items.query(Query(NOTES, KeyCondition("kind").eq("memo"), index="KindIndex", cursor=cursor))
        found += [int(item["weight"]) for item in page.items]
        cursor, count = page.cursor, count + 1

    assert found == list(range(8))
    assert count in (2, 3)


def test_a_hundred_keys_come_in_the_order_asked(items: Store) -> None:
    items.load(READINGS, ({"place": "here", "at": at} for at in range(0, 100, 2)))
    asked = [Get(READINGS, {"place": "here", "at": at}) for at in range(99, -1, -1)]

    with measured() as usage:
        found = items.batch_get(asked, consistent=True)

    assert [item and int(item["at"]) for item in found] == [None if at % 2 else at for at in range(99, -1, -1)]
    assert usage.requests == 1


def test_keys_that_the_server_leaves_unread_are_read_again(items: Store) -> None:
    size = 390_000
    count = 16 * MEGABYTE // size + 5
    filled(items, count, size)

    found = items.batch_get([Get(READINGS, {"place": "here", "at": at}) for at in range(count)])

    assert [item and int(item["at"]) for item in found] == list(range(count))
    assert all(item is not None and len(item["filling"]) == size for item in found)
