"""Notices to an address that nobody has proved wait, and go out when it is."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client

from alerts.domain.notification import Delivery, DeliveryStatus
from alerts.selectors import deliveries_all, notifications_all
from alerts.services import deliver_due, deliveries_release
from core import clock, health
from core.accounts.selectors import user_get
from core.accounts.services import email_change
from core.storage import Store, measured, using
from tests.accounts.mails import links_to, send_all
from tests.alerts.builders import an_alert, prices_move
from tests.alerts.disturbances import Disturbed
from tests.builders import PASSWORD, a_newcomer, a_user, proved, signed_in
from tests.reconciling.books import found

ADDRESS = "alice@example.com"


def notices(mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    return [mail for mail in mailoutbox if "Bitcoin" in mail.body]


def the_notice() -> Delivery:
    (delivery,) = [each for each in deliveries_all("alice") if hasattr(each.content, "title")]
    return delivery


def fire(username: str = "alice") -> None:
    an_alert(user_get(username))
    assert prices_move("111") == 1


@pytest.mark.every_backend
def test_a_notice_waits_and_goes_out_once_the_address_is_proved(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_newcomer()
    fire()
    [link] = links_to(mailoutbox, ADDRESS)
    assert (the_notice().status, notices(mailoutbox)) == ("waiting", [])
    assert len(notifications_all("alice")) == 1
    with measured() as usage:
        assert deliver_due().waiting == 0
    assert usage.requests == 1
    client.post(link)
    send_all()
    assert the_notice().status == "sent"
    assert [mail.to for mail in notices(mailoutbox)] == [[ADDRESS]]
    assert deliveries_release("alice") == 0


def test_what_waits_is_no_alarm_and_agrees(store: Store, mailoutbox: list[EmailMessage]) -> None:
    a_newcomer()
    fire()
    send_all()
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        parts = {part.name: part for part in health.report().parts}
        assert parts["deliveries"].ok
        assert [each for each in found(store) if each.rule == "deliveries_go_out"] == []
        proved(user_get("alice"))
        [only] = [each for each in found(store) if each.rule == "deliveries_go_out"]
    assert "waits for an address that is proved" in only.detail


def test_one_that_waited_for_longer_than_a_week_is_not_sent(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_newcomer()
    fire()
    links_to(mailoutbox, ADDRESS)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        signed_in(user_get("alice")).post("/settings/email/link/")
        client.post(links_to(mailoutbox, ADDRESS)[-1])
        send_all()
        assert the_notice().status is DeliveryStatus.SUPPRESSED
    assert notices(mailoutbox) == []


def test_what_waits_expires_like_what_has_ended(store: Store, mailoutbox: list[EmailMessage]) -> None:
    a_newcomer()
    fire()
    send_all()
    store.purge_expired(clock.now() + timedelta(days=89))
    assert the_notice().status == "waiting"
    store.purge_expired(clock.now() + timedelta(days=91))
    assert [each for each in deliveries_all("alice") if hasattr(each.content, "title")] == []


def test_with_mail_that_stays_here_nothing_waits(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    a_newcomer()
    fire()
    send_all()
    assert the_notice().status == "sent"


def test_after_a_change_notices_wait_for_the_new_address_and_a_change_back_releases_them(
    mailoutbox: list[EmailMessage],
) -> None:
    a_user()
    email_change(user_get("alice"), password=PASSWORD, email="new@example.com")
    fire()
    send_all()
    assert the_notice().status == "waiting"
    email_change(user_get("alice"), password=PASSWORD, email=ADDRESS)
    send_all()
    assert [mail.to for mail in notices(mailoutbox)] == [[ADDRESS]]


def test_an_address_proved_while_a_notice_was_about_to_wait_keeps_it_not_back(
    store: Store, mailoutbox: list[EmailMessage]
) -> None:
    alice = a_newcomer()
    fire()
    moments: list[int] = []

    def prove_after_the_lease() -> None:
        moments.append(1)
        if len(moments) == 6:  # before and after each call: due, facts, lease
            with using(store):
                proved(alice)

    with using(Disturbed(store, prove_after_the_lease)):
        assert (deliver_due().waiting, len(moments) >= 6) == (0, True)
    deliver_due()
    assert the_notice().status == "sent"


def test_the_page_of_an_alert_says_that_mail_waits() -> None:
    alice = a_newcomer()
    alert = an_alert(alice)
    page = signed_in(alice).get(f"/alerts/{alert.alert_id}/").content.decode()
    assert "/settings/email/" in page
