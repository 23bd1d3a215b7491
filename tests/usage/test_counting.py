"""What is made counts, what is deleted counts until it has left the trash, and the count is that of the rows."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.services import alert_delete, alert_restore
from budgets import services
from budgets.services.imports import import_discard, import_layout
from budgets.services.receipts import receipt_remove, receipts_sweep
from carbon import services as carbon
from core.accounts.domain import User
from core.accounts.services import account_erase, api_key_create, api_key_revoke
from core.ids import new_id
from core.storage import Store, store
from core.tables import USAGE
from core.usage.counts import counts_address, counts_from_item
from core.usage.room import fold
from tests.alerts.builders import an_alert
from tests.budgets.builders import a_draft, spent
from tests.budgets.importing.builders import MILK, NEGATIVE, TEA, imported, undone, uploaded
from tests.carbon.builders import a_goal, added
from tests.market.builders import an_asset
from tests.portfolio.builders import bought, paid_in, recorded
from tests.times import NOON, at
from tests.usage.builders import check_agrees, used, with_receipt

pytestmark = pytest.mark.usefixtures("noon")

every_backend = pytest.mark.every_backend
DAY = timedelta(days=1)


@every_backend
def test_a_trade_an_order_a_deposit_and_an_expense_are_rows(store: Store, alice: User) -> None:
    assert used(alice) == 1, "the opening balance"
    paid_in(alice, "50")
    assert used(alice) == 2
    an_asset(price="100")
    bought(alice, quantity="1")
    assert used(alice) == 5, "an order, its trade, and the payment"
    recorded(alice, "buy", "2", "80", datetime(2025, 1, 1, tzinfo=UTC))
    rows = used(alice)
    spent(alice)
    assert used(alice) == rows + 1
    added(alice)
    assert used(alice) == rows + 2
    check_agrees(store)


@every_backend
def test_a_change_counts_nothing_and_a_repeated_request_once(store: Store, alice: User) -> None:
    expense_id = new_id()
    for _ in range(3):
        services.expense_record(alice, expense_id=expense_id, draft=a_draft())
    before = row_of(alice)
    services.expense_change(alice, expense_id, a_draft("20"))
    assert row_of(alice) == before
    assert used(alice) == 2


@every_backend
def test_what_is_deleted_counts_until_it_leaves_the_trash(store: Store, alice: User) -> None:
    before = used(alice)
    first, second = spent(alice), spent(alice)
    services.expense_delete(alice, first.expense_id)
    entry = services.expense_delete(alice, second.expense_id)
    assert used(alice) == before + 2
    services.expense_restore(alice, entry)
    assert used(alice) == before + 2
    check_agrees(store)
    with at(NOON + 31 * DAY):
        assert used(alice) == before + 1
        check_agrees(store)
        services.expense_delete(alice, second.expense_id)
        assert used(alice) == before + 1
    with at(NOON + 62 * DAY):
        assert used(alice) == before


@every_backend
def test_alerts_and_goals_take_as_much_room_in_the_trash_as_before(store: Store, alice: User) -> None:
    an_asset(price="100")
    before = used(alice)
    goal = a_goal(alice)
    alert = an_alert(alice, ">", "110")
    assert (used(alice), used(alice, "goals")) == (before + 2, 1)
    check_agrees(store)
    carbon.goal_delete(alice, goal.goal_id)
    entry = alert_delete(alice, alert.alert_id)
    assert (used(alice), used(alice, "goals")) == (before + 2, 0)
    alert_restore(alice, entry)
    assert used(alice) == before + 2
    check_agrees(store)
    with at(NOON + 31 * DAY):
        assert used(alice) == before + 1


@every_backend
def test_a_receipt_counts_until_the_sweep_has_removed_it(store: Store, alice: User) -> None:
    expense = spent(alice)
    size = with_receipt(alice, expense)
    more = with_receipt(alice, expense)
    assert (used(alice, "files"), used(alice, "bytes")) == (2, size + more)
    receipt_remove(alice, expense.expense_id)
    assert used(alice, "files") == 2
    with at(NOON + 32 * DAY):
        assert receipts_sweep(NOON + 32 * DAY) == 2
        assert (used(alice, "files"), used(alice, "bytes")) == (0, 0)
        check_agrees(store)


@every_backend
def test_an_import_counts_its_file_its_rows_and_their_marks(store: Store, alice: User) -> None:
    before = used(alice)
    draft = uploaded(alice, TEA, MILK)
    assert (used(alice, "open_imports"), used(alice)) == (1, before + 1)
    size = used(alice, "bytes")
    assert size > 0
    import_layout(alice, draft.import_id, NEGATIVE)
    assert used(alice, "bytes") == size
    import_discard(alice, draft.import_id)
    assert (used(alice, "open_imports"), used(alice), used(alice, "bytes")) == (0, before, 0)
    done = imported(alice, TEA, MILK)
    assert (used(alice, "open_imports"), used(alice)) == (0, before + 5)
    check_agrees(store)
    undone(alice, done)
    assert (used(alice, "open_imports"), used(alice)) == (0, before + 1)
    check_agrees(store)
    with at(NOON + 41 * DAY):
        assert used(alice, "bytes") == 0
        check_agrees(store)


@every_backend
def test_an_import_that_nobody_confirms_expires(store: Store, alice: User) -> None:
    before = used(alice)
    uploaded(alice, TEA)
    with at(NOON + 7 * DAY - timedelta(seconds=1)):
        assert used(alice, "open_imports") == 1
    with at(NOON + 7 * DAY):
        assert (used(alice, "open_imports"), used(alice)) == (0, before)
        check_agrees(store)


@every_backend
def test_a_key_counts_until_it_is_revoked_or_its_time_is_over(store: Store, alice: User) -> None:
    key, _ = api_key_create(alice, name="A", scope="read", expires_at=None)
    api_key_create(alice, name="B", scope="read", expires_at=NOON + timedelta(hours=1))
    assert used(alice, "api_keys") == 2
    with at(NOON + timedelta(hours=1)):
        assert used(alice, "api_keys") == 1
        check_agrees(store)
    api_key_revoke(alice.username, key.key_id)
    assert used(alice, "api_keys") == 1
    check_agrees(store)


@every_backend
def test_parts_whose_time_is_over_are_folded_once_and_exactly(store: Store, alice: User) -> None:
    for _ in range(3):
        services.expense_delete(alice, spent(alice).expense_id)
    later = NOON + 31 * DAY
    with at(later):
        rows = used(alice)
        for _ in range(2):
            folded = fold(alice.username)
            assert (folded.figures["rows"], folded.lapses) == (rows, {})
        assert used(alice) == rows
        check_agrees(store)


def test_the_row_stays_small_however_long_somebody_deletes_each_day(alice: User) -> None:
    attributes = set()
    for day in range(0, 400, 3):
        with at(NOON + day * DAY):
            services.expense_delete(alice, spent(alice, day=(NOON + day * DAY).date()).expense_id)
            attributes.add(len(counts_from_item(row_of(alice)).amounts))
            assert used(alice) == 1 + min(day // 3 + 1, 10)
    assert max(attributes) < 60


def test_a_closed_account_leaves_no_count_behind(alice: User) -> None:
    spent(alice)
    account_erase(alice.username)
    assert [row for row in store().dump(USAGE) if row["username"] == "alice"] == []  # type: ignore[attr-defined]


def row_of(user: User) -> dict[str, object] | None:
    get = counts_address(user.username)
    return store().get(get.table, get.key)
