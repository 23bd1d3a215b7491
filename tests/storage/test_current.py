"""`store()` is the store of the settings, or the one a test puts in its place."""

import threading

from core.storage import ItemStore, Store, open_store, store, using


def test_a_store_in_use_is_the_same_in_all_threads() -> None:
    found: list[ItemStore] = []
    other = open_store("memory://")

    with using(other):
        thread = threading.Thread(target=lambda: found.append(store()))
        thread.start()
        thread.join()

    assert found == [other]


def test_the_one_before_is_back_afterwards(store: Store) -> None:
    from core.storage import store as current

    with using(open_store("memory://")):
        assert current() is not store

    assert current() is store
