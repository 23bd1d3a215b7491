"""Deleting an alert and restoring it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from alerts.domain.alert import Status
from alerts.selectors import alerts_deleted, alerts_of
from alerts.services import alert_delete, alert_pause, alert_restore
from core import clock
from core.accounts.domain import User
from core.errors import NotFound, Refused
from core.storage import measured
from market.triggers.selectors import series_by_asset
from tests.alerts.builders import an_alert, prices_move
from tests.builders import a_user, signed_in

pytestmark = pytest.mark.usefixtures("alice")

ALICE = User("alice", "alice@example.com")


def armed_levels() -> int:
    """How many levels the row of the series counts."""
    return sum(series_by_asset(["bitcoin"])["bitcoin"].counts.values())


@pytest.mark.every_backend
def test_a_restored_alert_watches_from_the_price_of_now() -> None:
    alert = an_alert(ALICE)
    entry = alert_delete(ALICE, alert.alert_id)
    assert prices_move("111") == 0
    back = alert_restore(ALICE, entry)
    assert (back.alert_id, back.terms) == (alert.alert_id, alert.terms)
    assert back.status(clock.now()) is Status.WAITING
    assert armed_levels() == 1
    assert prices_move("112") == 0
    assert prices_move("100", "112") == 1


def test_restoring_twice_is_restoring_once() -> None:
    entry = alert_delete(ALICE, an_alert(ALICE).alert_id)
    once, again = alert_restore(ALICE, entry), alert_restore(ALICE, entry)
    assert once == again
    assert alerts_of("alice") == [once]
    assert armed_levels() == 1
    assert alerts_deleted("alice") == []


def test_a_paused_one_comes_back_paused() -> None:
    alert = an_alert(ALICE)
    alert_pause(ALICE, alert.alert_id)
    back = alert_restore(ALICE, alert_delete(ALICE, alert.alert_id))
    assert back.status(clock.now()) is Status.PAUSED
    assert armed_levels() == 0


def test_it_needs_room_among_the_alerts(settings: LazySettings) -> None:
    settings.ALERTS_PER_USER = 1
    entry = alert_delete(ALICE, an_alert(ALICE).alert_id)
    other = an_alert(ALICE)
    with pytest.raises(Refused) as refused:
        alert_restore(ALICE, entry)
    assert refused.value.code == "alert_quota"
    assert [each.alert_id for each in alerts_of("alice")] == [other.alert_id]
    assert len(alerts_deleted("alice")) == 1


def test_after_thirty_days_it_is_gone() -> None:
    entry = alert_delete(ALICE, an_alert(ALICE).alert_id)
    with time_machine.travel(clock.now() + timedelta(days=30, seconds=1), tick=False):
        assert alerts_deleted("alice") == []
        with pytest.raises(NotFound):
            alert_restore(ALICE, entry)


def test_of_somebody_else_it_looks_like_none() -> None:
    alice, bob = ALICE, a_user("bob")
    entry = alert_delete(alice, an_alert(alice).alert_id)
    found = []
    for tried in (entry, entry[:-4] + "ffff"):
        with measured() as usage:
            response = signed_in(bob).post(f"/alerts/deleted/{tried.replace('#', '%23')}/restore/")
        found.append((response.status_code, usage.requests))
    assert found[0] == found[1]
    assert found[0][0] == 404
    assert len(alerts_deleted("alice")) == 1


def test_the_page_offers_to_undo_and_lists_what_was_deleted(alice: User) -> None:
    alert, browser = an_alert(alice), signed_in(alice)
    undo = action(browser.post(f"/alerts/{alert.alert_id}/delete/", follow=True).content.decode())
    assert action(browser.get("/alerts/deleted/").content.decode()) == undo
    answer = browser.post(undo)
    assert answer.headers["Location"] == f"/alerts/{alert.alert_id}/"
    assert undo not in browser.get("/alerts/deleted/").content.decode()


def test_the_list_of_the_deleted_is_one_request(alice: User) -> None:
    alert_delete(alice, an_alert(alice).alert_id)
    browser: Client = signed_in(alice)
    with measured() as usage:
        assert browser.get("/alerts/deleted/").status_code == 200
    assert usage.without("Sessions", "Users").requests == 1


def action(page: str) -> str:
    """Where the first form that restores posts to."""
    found = re.search(r'action="(/alerts/deleted/[^"]+/restore/)"', page)
    assert found
    return found[1]
