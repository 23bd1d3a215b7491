"""Each question to the tables of alerts, their history and notifications is one request."""

from decimal import Decimal

import pytest

from alerts.domain.alert import Alert
from alerts.repositories import alerts, deliveries, history, notifications
from core import clock
from core.accounts.domain import User
from tests.alerts.builders import an_alert, prices_move
from tests.counting import got, queried

pytestmark = pytest.mark.every_backend


@pytest.fixture
def fired(alice: User) -> list[Alert]:
    """Two alerts, both of which fired on the same move and go out by mail."""
    channels = ("in_app", "email")
    made = [an_alert(alice, threshold=threshold, channels=channels) for threshold in ("110", "120")]
    assert prices_move("130") == 2
    return made


def test_alerts_of_a_user_newest_first(alice: User, bob: User) -> None:
    made = [an_alert(alice), an_alert(alice)]
    an_alert(bob)
    page = queried(alerts.alerts_query("alice"))
    assert [item["alert_id"] for item in page.items] == [alert.alert_id for alert in reversed(made)]


def test_alerts_one(alice: User) -> None:
    made = an_alert(alice)
    found = got(alerts.alert_address("alice", made.alert_id))
    assert found is not None
    assert found["alert_id"] == made.alert_id


def test_alerts_of_a_symbol(alice: User, bob: User) -> None:
    made = [an_alert(alice), an_alert(bob)]
    an_alert(alice, asset_id="ethereum")
    page = queried(alerts.asset_query("bitcoin"))
    assert [item["alert_id"] for item in page.items] == [alert.alert_id for alert in made]


def test_alerts_armed_between_two_prices(alice: User) -> None:
    levels = {threshold: an_alert(alice, ">=", threshold).alert_id for threshold in ("110", "120", "130")}
    page = queried(alerts.armed_query("bitcoin|close#UP#0", Decimal(115), Decimal(130), descending=False))
    assert [item["alert_id"] for item in page.items] == [levels["120"], levels["130"]]


def test_history_of_a_user(fired: list[Alert]) -> None:
    page = queried(history.user_query("alice"))
    assert {item["alert_id"] for item in page.items} == {alert.alert_id for alert in fired}


def test_history_of_an_alert(fired: list[Alert]) -> None:
    page = queried(history.alert_query("alice", fired[0].alert_id))
    assert [item["alert_id"] for item in page.items] == [fired[0].alert_id]


@pytest.mark.usefixtures("fired")
def test_notifications_newest() -> None:
    page = queried(notifications.notifications_query("alice"))
    assert len(page.items) == 2
    assert [item["entry"] for item in page.items] == sorted((item["entry"] for item in page.items), reverse=True)


@pytest.mark.usefixtures("fired")
def test_notifications_unread() -> None:
    page = queried(notifications.unread_query("alice"))
    assert len(page.items) == 2


@pytest.mark.usefixtures("fired")
def test_notifications_due() -> None:
    page = queried(deliveries.due_query(clock.now(), 50))
    assert [item["channel"] for item in page.items] == ["email", "email"]
