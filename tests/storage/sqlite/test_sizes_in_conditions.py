"""The size of text in a condition, as DynamoDB counts it."""

import pytest

from core.storage import Attr, ConditionFailed, Store
from tests.storage.tables import NAMES


@pytest.mark.parametrize(("text", "size"), [("abc", 3), ("é", 1), ("世界", 2), ("🌍", 2), ("é𝄞", 3)])
def test_the_size_of_text_is_in_utf_16_code_units(store: Store, text: str, size: int) -> None:
    store.create_tables([NAMES])
    item = {"name": "a", "text": text}
    store.put(NAMES, item)

    store.put(NAMES, item, condition=Attr("text").size().eq(size))
    with pytest.raises(ConditionFailed):
        store.put(NAMES, item, condition=Attr("text").size().eq(len(text.encode()) + 1))
