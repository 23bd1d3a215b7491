"""Who has no room is refused with a code and keeps what is there; at the limit exactly as many get in as may."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django.fixtures import Settings

from alerts.services import alert_delete, alert_restore
from alerts.tables import ALERT_CONFIGURATIONS
from budgets import selectors, services
from budgets.domain.categories import MOST_OWN_CATEGORIES
from budgets.services.imports import import_confirm, import_discard
from budgets.services.receipts import receipt_remove, receipts_sweep
from budgets.tables import RECEIPTS
from carbon import services as carbon
from carbon.usage import MOST_GOALS
from core.accounts.domain import User
from core.accounts.services import api_key_create, api_key_revoke
from core.accounts.usage import MOST_KEYS
from core.errors import Refused
from core.ids import new_id
from core.storage import Store
from portfolio.selectors import OrderDraft
from portfolio.services import order_place
from tests.alerts.builders import an_alert
from tests.budgets.builders import check_totals, spent
from tests.budgets.importing.builders import MILK, TEA, confirmed, uploaded, worked
from tests.budgets.receipt_files import a_picture
from tests.carbon.builders import a_goal, added
from tests.market.builders import an_asset
from tests.portfolio.builders import paid_in
from tests.times import NOON, at
from tests.usage.builders import THREADS, at_once, check_agrees, refusal, used, with_receipt

pytestmark = pytest.mark.usefixtures("noon")

every_backend = pytest.mark.every_backend
DAY = timedelta(days=1)


def test_everything_that_makes_rows_is_refused_and_nothing_else_is(settings: Settings, alice: User) -> None:
    an_asset(price="100")
    first, second = spent(alice), spent(alice)
    alert, goal, entry = an_alert(alice, ">", "110"), a_goal(alice), added(alice)
    draft = uploaded(alice, TEA)
    settings.ROWS_PER_USER = used(alice)
    order = OrderDraft("buy", "bitcoin", Decimal("0.1"))
    for made in (
        lambda: spent(alice),
        lambda: added(alice),
        lambda: paid_in(alice, "1"),
        lambda: order_place(alice, order_id=new_id(), draft=order),
        lambda: uploaded(alice, MILK),
        lambda: an_alert(alice, ">", "120"),
        lambda: a_goal(alice),
    ):
        assert refusal(made) == "row_quota"
    settings.ROWS_PER_USER = 0
    assert services.expense_change(alice, first.expense_id, first.draft) == first
    services.expense_restore(alice, services.expense_delete(alice, first.expense_id))
    services.expense_delete(alice, second.expense_id)
    import_discard(alice, draft.import_id)
    alert_restore(alice, alert_delete(alice, alert.alert_id))
    alert_delete(alice, alert.alert_id)
    carbon.goal_restore(alice, carbon.goal_delete(alice, goal.goal_id))
    carbon.goal_delete(alice, goal.goal_id)
    carbon.entry_delete(alice, entry.entry_id)
    assert [each.expense_id for each in selectors.expenses_every("alice")] == [first.expense_id]


def test_what_has_left_the_trash_makes_room(settings: Settings, alice: User) -> None:
    services.expense_delete(alice, spent(alice).expense_id)
    settings.ROWS_PER_USER = used(alice)
    assert refusal(lambda: spent(alice)) == "row_quota"
    with at(NOON + 31 * DAY):
        assert refusal(lambda: spent(alice)) == ""
        assert refusal(lambda: spent(alice)) == "row_quota"


@pytest.mark.parametrize(("setting", "code"), [("STORAGE_PER_USER", "storage_quota"), ("FILES_PER_USER", "file_quota")])
def test_receipts_of_one_expense_are_refused_beyond_the_quota(
    settings: Settings, alice: User, setting: str, code: str
) -> None:
    expense = spent(alice)
    content = a_picture()
    settings.STORAGE_PER_USER = 5 * len(content)
    settings.FILES_PER_USER = 5
    setattr(settings, {"storage_quota": "FILES_PER_USER", "file_quota": "STORAGE_PER_USER"}[code], 10**9)
    said = [refusal(lambda: with_receipt(alice, expense, content)) for _ in range(8)]
    assert said == [""] * 5 + [code] * 3
    receipt_remove(alice, expense.expense_id)
    assert refusal(lambda: with_receipt(alice, expense, content)) == code, "a deleted file still counts"
    with at(NOON + 32 * DAY):
        assert receipts_sweep(NOON + 32 * DAY) == 5
        assert refusal(lambda: with_receipt(alice, expense, content)) == ""


def test_a_refused_file_is_not_kept(settings: Settings, store: Store, alice: User) -> None:
    expense = spent(alice)
    settings.STORAGE_PER_USER = 10
    assert refusal(lambda: with_receipt(alice, expense)) == "storage_quota"
    assert list(store.dump(RECEIPTS)) == []
    assert selectors.expense_get("alice", expense.expense_id).receipt is None


def test_a_refused_import_leaves_no_part(settings: Settings, store: Store, alice: User) -> None:
    settings.STORAGE_PER_USER = 10
    assert refusal(lambda: uploaded(alice, TEA, MILK)) == "storage_quota"
    assert used(alice, "bytes") == 0
    check_agrees(store)


def test_a_sixth_open_import_is_refused_until_one_is_done_or_discarded(alice: User) -> None:
    drafts = [uploaded(alice, f"2026-11-0{number},Tea,-{number}\n") for number in range(1, 6)]
    assert refusal(lambda: uploaded(alice, MILK)) == "import_quota"
    import_discard(alice, drafts[0].import_id)
    uploaded(alice, MILK)
    confirmed(alice, drafts[1])
    assert refusal(lambda: uploaded(alice, TEA)) == "import_quota", "it is still worked"
    worked(drafts[1])
    assert refusal(lambda: uploaded(alice, TEA)) == ""
    with at(NOON + 7 * DAY):
        assert [refusal(lambda: uploaded(alice, TEA)) for _ in range(6)] == [""] * 5 + ["import_quota"]


def test_the_keys_whose_time_is_over_make_room(alice: User) -> None:
    soon = NOON + timedelta(minutes=1)
    for number in range(MOST_KEYS):
        api_key_create(alice, name="A", scope="read", expires_at=soon if number % 2 else None)

    def key() -> None:
        api_key_create(alice, name="A", scope="read", expires_at=None)

    assert refusal(key) == "key_quota"
    with at(soon):
        assert [refusal(key) for _ in range(MOST_KEYS // 2 + 1)] == [""] * (MOST_KEYS // 2) + ["key_quota"]


@every_backend
def test_of_many_keys_made_at_once_as_many_are_made_as_may_be(store: Store, alice: User) -> None:
    keys = [api_key_create(alice, name="A", scope="read", expires_at=None)[0] for _ in range(MOST_KEYS - 5)]
    said = at_once(*[lambda: api_key_create(alice, name="B", scope="read", expires_at=NOON + DAY)] * THREADS)
    assert Counter(said) == {"": 5, "key_quota": THREADS - 5}
    assert used(alice, "api_keys") == MOST_KEYS
    check_agrees(store)
    api_key_revoke("alice", keys[0].key_id)
    api_key_create(alice, name="C", scope="read", expires_at=None)


@every_backend
def test_of_many_goals_set_at_once_as_many_are_set_as_may_be(store: Store, alice: User) -> None:
    goals = [a_goal(alice) for _ in range(MOST_GOALS - 5)]
    said = at_once(*[lambda: a_goal(alice)] * THREADS)
    assert Counter(said) == {"": 5, "goal_quota": THREADS - 5}
    entry = carbon.goal_delete(alice, goals[0].goal_id)
    a_goal(alice)
    assert refusal(lambda: carbon.goal_restore(alice, entry)) == "goal_quota"
    check_agrees(store)


@every_backend
def test_of_many_expenses_at_once_as_many_are_kept_as_may_be(store: Store, settings: Settings, alice: User) -> None:
    settings.STORE_RETRY_SECONDS = 60
    settings.ROWS_PER_USER = used(alice) + 5
    assert Counter(at_once(*[lambda: spent(alice)] * THREADS)) == {"": 5, "row_quota": THREADS - 5}
    assert len(list(selectors.expenses_every("alice"))) == 5
    check_totals(alice)
    check_agrees(store)


@every_backend
def test_of_many_receipts_at_once_as_many_are_kept_as_may_be(store: Store, settings: Settings, alice: User) -> None:
    expenses = [spent(alice) for _ in range(THREADS)]
    size = len(a_picture())
    settings.STORAGE_PER_USER = 5 * size + size // 2
    said = at_once(*(lambda expense=each: with_receipt(alice, expense) for each in expenses))
    assert Counter(said) == {"": 5, "storage_quota": THREADS - 5}
    assert (used(alice, "files"), used(alice, "bytes")) == (5, 5 * size)
    check_agrees(store)


@every_backend
def test_of_many_imports_at_once_as_many_are_open_as_may_be(store: Store, settings: Settings, alice: User) -> None:
    settings.STORE_RETRY_SECONDS = 60
    said = at_once(*[lambda: uploaded(alice, TEA)] * THREADS)
    assert Counter(said) == {"": 5, "import_quota": THREADS - 5}
    assert used(alice, "open_imports") == 5
    check_agrees(store)


@every_backend
def test_alerts_and_categories_are_counted_exactly_too(store: Store, settings: Settings, alice: User) -> None:
    settings.STORE_RETRY_SECONDS = 60
    settings.ALERTS_PER_USER = 5
    an_asset(price="100")
    said = at_once(*[lambda: an_alert(alice, ">", "110")] * THREADS)
    assert Counter(said) == {"": 5, "alert_quota": THREADS - 5}
    assert len([row for row in store.dump(ALERT_CONFIGURATIONS) if row["alert_id"] != "#COUNT"]) == 5
    for number in range(MOST_OWN_CATEGORIES - 5):
        services.category_add(alice, f"Own {number}")
    more = [lambda name=f"More {number}": services.category_add(alice, name) for number in range(THREADS)]
    assert Counter(at_once(*more)) == {"": 5, "category_quota": THREADS - 5}


def test_confirming_again_is_no_way_around_the_quota(settings: Settings, alice: User) -> None:
    draft = confirmed(alice, uploaded(alice, TEA, MILK))
    settings.ROWS_PER_USER = used(alice)
    for _ in range(3):
        assert worked(draft).status == "stopped"
        import_confirm(alice, draft.import_id, draft.choices)
    with pytest.raises(Refused):
        spent(alice)


def test_without_room_for_alerts_and_rows_the_refusal_names_the_alerts(settings: Settings, alice: User) -> None:
    an_asset(price="100")
    settings.ALERTS_PER_USER = 1
    an_alert(alice, ">", "110")
    settings.ROWS_PER_USER = used(alice)
    assert refusal(lambda: an_alert(alice, ">", "120")) == "alert_quota"
