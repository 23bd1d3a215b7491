"""What was under way while an account was erased leaves no row: the next owner of the name would find it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alerts.domain.terms import AlertDraft
from alerts.handlers import notify_order_filled
from alerts.services import alert_create, alert_delete, alert_restore, alert_test
from core import clock
from core.accounts.domain import User
from core.accounts.selectors import find_user
from core.accounts.services import account_erase, api_key_create
from core.agreement import reconcile
from core.errors import NotFound
from core.ids import new_id
from core.storage import Store, using
from market.services import star_set
from portfolio.events import order_filled
from portfolio.selectors import trades_all
from tests.alerts.builders import an_alert, terms
from tests.alerts.disturbances import Rivalled
from tests.builders import a_user, change_user
from tests.market.builders import an_asset
from tests.portfolio.builders import bought

Late = Callable[[User], object]


WRITES: dict[str, Late] = {
    "an alert": lambda user: an_alert(user, ">", "500"),
    "a paused alert": lambda user: alert_create(
        user, alert_id=new_id(), draft=AlertDraft("bitcoin", terms(), is_enabled=False)
    ),
    "a key": lambda user: api_key_create(user, name="Late", scope="read", expires_at=clock.now() + timedelta(days=1)),
    "a star": lambda user: star_set(user.username, "bitcoin"),
}


@pytest.mark.parametrize("late", WRITES.values(), ids=WRITES)
def test_it_is_refused_and_leaves_nothing(store: Store, late: Late) -> None:
    alice = a_user()
    an_asset(price="100")
    with using(Rivalled(store, lambda: account_erase("alice"))), pytest.raises(NotFound):
        late(alice)
    assert find_user("alice") is None
    assert reconcile(store, pauses=()).disagreements == []


def test_a_test_message(store: Store) -> None:
    alice = a_user()
    alert = an_alert(alice)
    with using(Rivalled(store, lambda: account_erase("alice"))), pytest.raises(NotFound):
        alert_test(alice, alert.alert_id, test_id=new_id())
    assert reconcile(store, pauses=()).disagreements == []


def test_a_restored_alert(store: Store) -> None:
    alice = a_user()
    entry = alert_delete(alice, an_alert(alice).alert_id)
    with using(Rivalled(store, lambda: account_erase("alice"))), pytest.raises(NotFound):
        alert_restore(alice, entry)
    assert reconcile(store, pauses=()).disagreements == []


def test_a_filled_order_that_is_notified_late(store: Store) -> None:
    alice = a_user()
    an_asset(price="100")
    bought(alice, quantity="1")
    event = order_filled(trades_all("alice")[0])
    account_erase("alice")
    notify_order_filled(event)
    assert reconcile(store, pauses=()).disagreements == []


def test_while_it_is_being_closed_nothing_new_comes(store: Store) -> None:
    alice = a_user()
    change_user("alice", {"status": "closing"})
    with pytest.raises(NotFound):
        an_alert(alice)
