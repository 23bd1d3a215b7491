"""The pages of the alerts."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from alerts.selectors import alert_get, alerts_of, deliveries_all
from alerts.services import deliver_due
from core import clock
from core.accounts.domain import User
from core.ids import derived_id, new_id
from core.storage import measured
from tests.alerts.builders import an_alert, history_of, now, prices_move, toasts
from tests.builders import a_user, next_cursor_of, signed_in
from tests.market.builders import an_asset

OK, FOUND, NOT_FOUND, NOT_ALLOWED, INVALID = 200, 302, 404, 405, 422


def filled_in(**more: object) -> dict[str, object]:
    """A form as a browser sends it."""
    return {
        "id": new_id(),
        "asset_id": "bitcoin",
        "price_type": "close",
        "operator": ">",
        "threshold": "110",
        "frequency": "once",
        "cooldown": "300",
        "hysteresis": "0",
        "outward": ["email"],
        **more,
    }


def test_without_alerts_the_list_says_what_they_are_for(browser: Client) -> None:
    page = browser.get("/alerts/")
    assert page.status_code == OK
    assert 'class="empty"' in page.content.decode()


def test_the_list_is_one_request(alice: User, browser: Client) -> None:
    for _ in range(3):
        an_alert(alice)
    with measured() as usage:
        page = browser.get("/alerts/")
    assert page.status_code == OK
    assert usage.without("Users", "Sessions").requests == 1


def test_the_list_shows_state_and_condition(alice: User, browser: Client) -> None:
    an_alert(alice, ">", "110.5", name="Breakout")
    an_alert(alice, ">", "90")
    text = browser.get("/alerts/").content.decode()
    for part in ("Breakout", "price above 110.50", "Armed", "Waiting"):
        assert part in text


def test_the_list_is_filtered_by_state_and_sorted(alice: User, browser: Client) -> None:
    an_alert(alice, ">", "120", name="Far")
    an_alert(alice, ">", "110", name="Near")
    an_alert(alice, ">", "90", name="True already")
    by_state = browser.get("/alerts/?status=waiting").content.decode()
    assert "True already" in by_state
    assert "Near" not in by_state
    by_threshold = browser.get("/alerts/?sort=threshold").content.decode()
    assert by_threshold.index("True already") < by_threshold.index("Near") < by_threshold.index("Far")
    assert browser.get("/alerts/?sort=nonsense&status=nonsense").status_code == OK


def test_an_alert_is_set_by_the_form(alice: User, browser: Client) -> None:
    an_asset(price="100")
    sent = filled_in(note="Sell half.", name="  Break   out ")
    page = browser.post("/alerts/add/", sent, follow=True)
    assert page.redirect_chain[0][0] == f"/alerts/{sent['id']}/"
    assert toasts(page) == ["success"]
    (alert,) = alerts_of("alice")
    assert (alert.terms.name, alert.terms.note, alert.terms.channels) == (
        "Break out",
        "Sell half.",
        ("in_app", "email"),
    )


def test_the_form_is_filled_in_from_the_address(browser: Client) -> None:
    an_asset("ethereum", price="10")
    text = browser.get("/alerts/add/?asset=ethereum&threshold=12").content.decode()
    assert '<option value="ethereum" selected>' in text
    assert 'value="12"' in text


def test_a_form_sent_twice_is_one_alert(browser: Client) -> None:
    an_asset(price="100")
    sent = filled_in()
    for _ in range(2):
        assert browser.post("/alerts/add/", sent).status_code == FOUND
    assert len(alerts_of("alice")) == 1


@pytest.mark.parametrize(
    ("wrong", "limit"),
    [
        ({"threshold": ""}, ""),
        ({"threshold": "abc"}, ""),
        ({"threshold": "0"}, ""),
        ({"threshold": "-5"}, ""),
        ({"threshold": "1.123456789"}, "8"),
        ({"hysteresis": "110"}, ""),
        ({"cooldown": "9999999"}, "2592000"),
        ({"expires_at": "2020-01-01T10:00"}, ""),
        ({"expires_at": "tomorrow"}, ""),
        ({"asset_id": "nosuchcoin"}, ""),
        ({"operator": "="}, ""),
        ({"outward": ["pigeon"]}, ""),
    ],
)
def test_a_wrong_form_says_so_at_its_field(browser: Client, wrong: dict[str, object], limit: str) -> None:
    an_asset(price="100")
    page = browser.post("/alerts/add/", filled_in(**wrong))
    assert page.status_code == INVALID
    errors = page.context["form"].errors
    assert list(errors) == list(wrong)
    (sentence,) = errors[next(iter(wrong))]
    assert limit in sentence
    assert sentence in page.content.decode()
    assert alerts_of("alice") == []


def test_the_end_is_in_the_users_time_zone() -> None:
    with time_machine.travel("2026-07-01T12:00:00Z", tick=False):
        zoe = a_user("zoe", time_zone="America/New_York")
        an_asset(price="100")
        sent = filled_in(id=derived_id(clock.now(), "zoe"), expires_at="2026-07-02T09:30")
        assert signed_in(zoe).post("/alerts/add/", sent).status_code == FOUND
    (alert,) = alerts_of("zoe")
    assert alert.terms.expires_at is not None
    assert clock.to_text(alert.terms.expires_at) == "2026-07-02T13:30:00.000Z"


def test_in_the_hour_that_comes_twice_an_expiry_is_in_the_first() -> None:
    with time_machine.travel("2026-10-31T12:00:00Z", tick=False):
        zoe = a_user("zoe", time_zone="America/New_York")
        an_asset(price="100")
        sent = filled_in(id=derived_id(clock.now(), "zoe"), expires_at="2026-11-01T01:30")
        assert signed_in(zoe).post("/alerts/add/", sent).status_code == FOUND
    (alert,) = alerts_of("zoe")
    assert alert.terms.expires_at is not None
    assert clock.to_text(alert.terms.expires_at) == "2026-11-01T05:30:00.000Z"


def test_an_alert_has_a_page_with_its_history(alice: User, browser: Client) -> None:
    alert = an_alert(alice, ">", "110", every=True, cooldown=10, note="Sell half.")
    prices_move("111", "100", "112", apart=timedelta(seconds=3))
    deliver_due()
    text = browser.get(f"/alerts/{alert.alert_id}/").content.decode()
    for part in ("Sell half.", "Fired, no. 1", "Suppressed: within the cooldown", "Email sent", "111.00", "112.00"):
        assert part in text
    fired = browser.get(f"/alerts/{alert.alert_id}/?outcome=fired").content.decode()
    assert "within the cooldown" not in fired


def test_a_long_history_comes_in_pages(alice: User, browser: Client) -> None:
    alert = an_alert(alice, every=True, cooldown=0)
    prices_move(*["111", "100"] * 30)
    first = browser.get(f"/alerts/{alert.alert_id}/")
    assert first.content.decode().count("Fired, no.") == 25
    second = browser.get(f"/alerts/{alert.alert_id}/?cursor={next_cursor_of(first)}").content.decode()
    assert second.count("Fired, no.") == 5
    assert browser.get(f"/alerts/{alert.alert_id}/?cursor=broken").status_code == OK


def test_an_alert_is_changed_by_the_form(alice: User, browser: Client) -> None:
    alert = an_alert(alice, ">", "110", note="Old")
    address = f"/alerts/{alert.alert_id}/edit/"
    page = browser.get(address)
    assert 'value="110"' in page.content.decode()
    version = page.context["form"].initial["version"]
    assert browser.post(address, filled_in(threshold="120", outward=[], version=version)).status_code == FOUND
    changed = alert_get("alice", alert.alert_id)
    assert (str(changed.terms.condition.threshold), changed.terms.note, changed.terms.channels) == (
        "120",
        "",
        ("in_app",),
    )
    assert browser.post(address, filled_in(threshold="0")).status_code == INVALID


def test_an_alert_is_paused_resumed_tested_and_deleted(alice: User, browser: Client) -> None:
    alert = an_alert(alice)
    page = f"/alerts/{alert.alert_id}/"
    assert toasts(browser.post(f"{page}pause/", follow=True)) == ["success"]
    assert now(alert).is_paused
    assert toasts(browser.post(f"{page}resume/", follow=True)) == ["success"]
    assert not now(alert).is_paused
    assert toasts(browser.post(f"{page}test/", {"id": new_id()}, follow=True)) == ["success"]
    assert len(deliveries_all("alice")) == 1
    assert history_of(alice) == []
    assert toasts(browser.post(f"{page}test/", follow=True)) == ["error"]
    assert browser.post(f"{page}delete/").status_code == FOUND
    assert browser.get(page).status_code == NOT_FOUND


def test_what_changes_something_is_not_got(alice: User, browser: Client) -> None:
    alert = an_alert(alice)
    for verb in ("pause", "resume", "delete", "test"):
        assert browser.get(f"/alerts/{alert.alert_id}/{verb}/").status_code == NOT_ALLOWED
    assert now(alert).watch is not None


def test_a_refusal_is_shown_on_the_page(alice: User, browser: Client) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        alert = an_alert(alice, expires_at=clock.now() + timedelta(minutes=1))
        browser.post(f"/alerts/{alert.alert_id}/pause/")
        traveller.shift(timedelta(minutes=2))
        page = browser.post(f"/alerts/{alert.alert_id}/resume/", follow=True)
        assert toasts(page)[-1] == "error"
        assert alert_get("alice", alert.alert_id).is_paused
