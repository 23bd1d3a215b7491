"""What was kept before the product counted is counted by the upgrade, and until then nothing fails for want of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.module_loading import import_string

from budgets import services
from budgets.selectors import expenses_every
from core import clock
from core.accounts.services import api_key_create, api_key_revoke
from core.storage import Item, Store
from core.tables import USAGE
from cryptopulse.wiring import UPGRADES
from tests.budgets.builders import spent
from tests.budgets.importing.builders import MILK, TEA, confirmed, undone, uploaded, worked
from tests.builders import a_user
from tests.reconciling.books import a_full_book
from tests.usage.builders import check_agrees, used, with_receipt


def upgrade() -> None:
    """The step from the layout before."""
    [path] = [path for number, path in UPGRADES if number == 2 and path.endswith(".count_usage")]
    import_string(path)()


def forget_all_counts(opened: Store) -> None:
    """The store as the version before has left it."""
    for row in list(opened.dump(USAGE)):
        opened.delete(USAGE, {"username": row["username"], "entry": row["entry"]})


def counted(opened: Store) -> list[Item]:
    """All that is counted, without what only says how it was written."""
    rows = [
        {name: value for name, value in row.items() if name not in ("version", "fold_by") and value}
        for row in opened.dump(USAGE)
    ]
    return sorted((row for row in rows if len(row) > 2), key=lambda row: (row["username"], row["entry"]))


@pytest.mark.parametrize("times", [1, 3])
def test_it_counts_what_the_product_would_have_counted(store: Store, times: int) -> None:
    a_full_book()
    a_user("bob")
    before = counted(store)
    forget_all_counts(store)
    for _ in range(times):
        upgrade()
    assert counted(store) == before
    check_agrees(store)


@pytest.mark.every_backend
def test_it_ends_what_a_stopped_one_began_and_what_was_counted_wrongly(store: Store) -> None:
    alice, bob = a_user(), a_user("bob")
    for user in (alice, bob):
        with_receipt(user, spent(user))
        uploaded(user, TEA)
    before = counted(store)
    store.delete(USAGE, {"username": "bob", "entry": "counts"})
    store.put(USAGE, {"username": "alice", "entry": "counts", "rows": 7_000})
    upgrade()
    assert counted(store) == before


def test_what_is_over_but_was_not_purged_yet_is_not_counted(store: Store) -> None:
    alice = a_user()
    services.expense_delete(alice, spent(alice).expense_id)
    api_key_create(alice, name="A", scope="read", expires_at=clock.now() + timedelta(days=1))
    forget_all_counts(store)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        upgrade()
        assert (used(alice), used(alice, "api_keys")) == (1, 0)
        check_agrees(store)


@pytest.mark.every_backend
def test_a_store_that_was_not_upgraded_yet_works(store: Store) -> None:
    alice = a_user()
    first, second = spent(alice), spent(alice)
    draft = uploaded(alice, TEA)
    running = confirmed(alice, uploaded(alice, MILK))
    key, _ = api_key_create(alice, name="A", scope="read", expires_at=None)
    forget_all_counts(store)

    services.expense_restore(alice, services.expense_delete(alice, first.expense_id))
    services.expense_delete(alice, second.expense_id)
    undone(alice, worked(running))
    worked(confirmed(alice, draft))
    api_key_revoke("alice", key.key_id)
    api_key_create(alice, name="B", scope="read", expires_at=None)
    with_receipt(alice, spent(alice))

    assert len(list(expenses_every("alice"))) == 3
    assert used(alice) >= 0
    upgrade()
    check_agrees(store)
