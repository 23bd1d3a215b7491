"""Setting an alert."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.conf import LazySettings

from alerts.domain.alert import Alert, Status
from alerts.domain.terms import AlertDraft, Terms
from alerts.selectors import alerts_of, notifications_all
from alerts.services import alert_create
from core import clock
from core.accounts.domain import User
from core.errors import InvalidInput, Refused
from core.ids import derived_id, new_id
from core.storage import Store, measured, using
from market.services import ticks_record
from market.tables import REALTIME_TICKS
from tests.alerts.builders import an_alert, history_of, now, prices_move, terms
from tests.alerts.disturbances import Ending
from tests.builders import there
from tests.market.builders import a_tick, an_asset

pytestmark = pytest.mark.usefixtures("alice")

ALICE = User("alice", "alice@example.com")


def status(alert: Alert) -> Status:
    return now(alert).status(clock.now())


def test_it_is_armed_and_fires_when_the_price_gets_there() -> None:
    alert = an_alert(ALICE, ">", "110")
    assert status(alert) is Status.ARMED
    assert prices_move("109", "111") == 1
    assert [(entry.price, entry.source, entry.number) for entry in history_of(ALICE)] == [(Decimal(111), "test", 1)]
    fired = now(alert)
    assert (fired.trigger_count, fired.status(clock.now())) == (1, Status.DONE)
    assert fired.last_triggered == history_of(ALICE)[0].at


def test_it_is_one_read_and_one_write() -> None:
    an_alert(ALICE)
    with measured() as usage:
        alert_create(ALICE, alert_id=new_id(), draft=AlertDraft("bitcoin", terms()))
    assert usage.requests == 2


def test_one_that_holds_already_waits_for_the_price_to_go_back() -> None:
    alert = an_alert(ALICE, ">", "90")
    assert status(alert) is Status.WAITING
    assert prices_move("95", "100") == 0
    assert prices_move("89", "91") == 1


def test_one_that_holds_already_fires_at_once_if_asked() -> None:
    alert = an_alert(ALICE, ">", "90", fire_if_true=True)
    assert status(alert) is Status.DONE
    assert [entry.price for entry in history_of(ALICE)] == [Decimal(100)]
    assert len(notifications_all("alice")) == 1


def test_the_way_to_the_price_that_was_shown_does_not_fire_it() -> None:
    asset = an_asset(price="100")
    assert asset.price_at is not None
    an_alert(ALICE, ">", "500")
    ticks_record([a_tick("120", asset.price_at + timedelta(seconds=1))])
    alert = an_alert(ALICE, ">", "110")
    assert status(alert) is Status.WAITING
    assert prices_move("121") == 0


def test_a_price_whose_ticks_have_expired_holds_nobody_up(store: Store) -> None:
    an_alert(ALICE, ">", "150")
    at = an_asset().price_at
    assert at is not None
    ticks_record([a_tick("120", at + timedelta(seconds=1))])
    for tick in list(store.dump(REALTIME_TICKS)):
        store.delete(REALTIME_TICKS, {name: tick[name] for name in REALTIME_TICKS.key_names})
    with using(Ending(store, queries=20)):
        alert = an_alert(ALICE, ">", "130")
    assert status(alert) is Status.ARMED
    assert prices_move("125", "131") == 1


def test_the_same_request_twice_is_one_alert() -> None:
    alert_id = new_id()
    first, second = (an_alert(ALICE, alert_id=alert_id) for _ in range(2))
    assert first == second
    assert len(alerts_of("alice")) == 1


def test_the_same_id_with_other_values_is_refused() -> None:
    alert_id = new_id()
    an_alert(ALICE, alert_id=alert_id)
    with pytest.raises(Refused) as refused:
        an_alert(ALICE, "<", alert_id=alert_id)
    assert (refused.value.code, refused.value.field) == ("idempotency_mismatch", "alert_id")


@pytest.mark.parametrize(
    ("channels", "digest"),
    [
        (("in_app", "email"), "2e7fc55d3cb7aee4a9ef8b066145d38115a1dde204c4bba545587d4bd5a4d4af"),
        (("in_app",), "1d6e83c23c4ac636c16bdff9216168d0c829c31c1baf436606da83b599b06f0b"),
    ],
)
def test_the_same_request_as_to_an_earlier_release_is_recognised(channels: tuple[str, ...], digest: str) -> None:
    note = "x channels=('a',)"
    sent = terms(">", "110.5", "high", every=True, channels=channels, name="n", note=note)
    assert AlertDraft("bitcoin", sent).digest() == digest


def test_there_is_a_quota(settings: LazySettings) -> None:
    settings.ALERTS_PER_USER = 2
    for _ in range(2):
        an_alert(ALICE)
    with pytest.raises(Refused, match="You have 2 alerts") as refused:
        an_alert(ALICE)
    assert refused.value.code == "alert_quota"
    assert len(alerts_of("alice")) == 2
    an_alert(there(User("bob", "bob@example.com")))


def test_an_asset_without_a_price_is_refused() -> None:
    an_asset("dogecoin")
    with pytest.raises(Refused) as refused:
        alert_create(ALICE, alert_id=new_id(), draft=AlertDraft("dogecoin", terms()))
    assert refused.value.code == "no_price"


def test_an_unknown_asset_is_an_error_of_its_field() -> None:
    with pytest.raises(InvalidInput) as wrong:
        alert_create(ALICE, alert_id=new_id(), draft=AlertDraft("nosuchcoin", terms()))
    assert list(wrong.value.errors) == ["asset_id"]


@pytest.mark.parametrize("alert_id", ["", "x", derived_id(clock.EPOCH, "old")])
def test_an_id_that_may_not_be_used_is_an_error(alert_id: str) -> None:
    an_asset(price="100")
    with pytest.raises(InvalidInput) as wrong:
        alert_create(ALICE, alert_id=alert_id, draft=AlertDraft("bitcoin", terms()))
    assert list(wrong.value.errors) == ["alert_id"]


@pytest.mark.parametrize(
    ("field", "wrong_terms"),
    [
        ("threshold", terms(threshold="0")),
        ("threshold", terms(threshold="-1")),
        ("threshold", terms(threshold="1.123456789")),
        ("threshold", terms(threshold="NaN")),
        ("threshold", terms(threshold="1e16")),
        ("hysteresis", terms(hysteresis="-1")),
        ("hysteresis", terms(hysteresis="110")),
        ("cooldown", terms(cooldown=-1)),
        ("cooldown", terms(cooldown=31 * 86_400)),
        ("expires_at", terms(expires_at=clock.EPOCH)),
        ("name", terms(name="x" * 81)),
        ("note", terms(note="x" * 501)),
    ],
)
def test_bad_terms_are_errors_of_their_fields(field: str, wrong_terms: Terms) -> None:
    an_asset(price="100")
    with pytest.raises(InvalidInput) as wrong:
        alert_create(ALICE, alert_id=new_id(), draft=AlertDraft("bitcoin", wrong_terms))
    assert list(wrong.value.errors) == [field]
    assert alerts_of("alice") == []


@pytest.mark.parametrize("channels", [(), ("email",), ("email", "in_app")])
def test_the_notification_centre_is_always_among_the_channels(channels: tuple[str, ...]) -> None:
    alert = an_alert(ALICE, channels=channels)
    assert alert.terms.channels == ("in_app", *(name for name in channels if name != "in_app"))
    assert now(alert) == alert


def test_a_series_that_has_seen_no_tick_starts_at_the_price_that_is_shown() -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        an_asset(price="100")
        traveller.shift(timedelta(hours=25))
        alert = an_alert(ALICE, ">", "110", alert_id=derived_id(clock.now(), "later"))
        assert status(alert) is Status.ARMED
        ticks_record([a_tick("111", clock.now())])
        assert prices_move("112") == 1
