"""A scan of many pages gives every item once."""

import random

from core.storage import Item, Store
from core.storage.sqlite.backend import SCAN_PAGE
from tests.storage.tables import NOTES


def test_a_scan_of_many_pages_gives_every_item_once_whatever_order_its_text_has(store: Store) -> None:
    store.create_tables([NOTES])
    numbers = list(range(2 * SCAN_PAGE + 7))
    random.Random(7).shuffle(numbers)
    items: list[Item] = [{"body": f"{-n}", "note": f"n{n}", "owner": "o" * (n % 5 + 1)} for n in numbers]
    store.load(NOTES, items)

    scanned = list(store.dump(NOTES))

    assert len(scanned) == len(items)
    assert sorted(map(repr, scanned)) == sorted(map(repr, items))
