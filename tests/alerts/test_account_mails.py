"""Mails about accounts wait as all others do, hold no secret while they wait, and are dropped when too late."""

import re
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client

from alerts.domain.notification import Delivery
from alerts.selectors import deliveries_all, notifications_all
from alerts.services import deliver_due
from core import clock, health, outbox, wiring
from core.accounts.events import PASSWORD_RESET_REQUESTED
from core.accounts.services import account_erase, password_change, status_set
from core.events import Event, event_put
from core.storage import Store, using
from tests.alerts.builders import an_alert, prices_move
from tests.alerts.disturbances import Disturbed, Killed
from tests.alerts.test_deliveries import MailServer
from tests.builders import PASSWORD, a_user

ADDRESS = "alice@example.com"
LINK = re.compile(r"http://localhost:8000(/password-reset/\S+)")
DOWN = ConnectionRefusedError("nobody there")


@pytest.fixture
def mail(settings: LazySettings) -> type[MailServer]:
    settings.EMAIL_BACKEND = "tests.alerts.test_deliveries.MailServer"
    MailServer.errors, MailServer.taken = [], []
    return MailServer


def ask(client: Client) -> None:
    client.post("/password-reset/", {"email": ADDRESS})
    outbox.sweep()


def the_delivery() -> Delivery:
    (delivery,) = deliveries_all("alice")
    return delivery


def rows_of_every_table(store: Store) -> str:
    return str([list(store.dump(table)) for table in wiring.tables()])


def try_until_sent(traveller: time_machine.Traveller, longest: timedelta) -> timedelta:
    """Send what is due, as the schedule does; after how long nothing waits any more, at most the longest."""
    started = clock.now()
    while not the_delivery().status.is_final and clock.now() - started < longest:
        traveller.shift(timedelta(seconds=30))
        deliver_due()
    return clock.now() - started


@pytest.mark.parametrize("minutes", [5, 20, 50])
def test_a_reset_waits_for_the_mail_server(
    client: Client, mail: type[MailServer], traveller: time_machine.Traveller, minutes: int
) -> None:
    a_user()
    ask(client)
    for _ in range(2 * minutes):
        mail.errors = [DOWN]
        outbox.sweep()
        deliver_due()
        traveller.shift(timedelta(seconds=30))
    mail.errors = []
    assert mail.taken == []
    assert outbox.depth().given_up == 0
    assert try_until_sent(traveller, timedelta(minutes=10)) <= timedelta(minutes=6)
    link = LINK.search(str(mail.taken[0].body))
    assert link is not None
    assert client.get(link[1]).status_code == 200


def test_one_that_did_not_go_out_within_an_hour_is_dropped_and_logged(
    client: Client, mail: type[MailServer], traveller: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    a_user()
    ask(client)
    mail.errors = [DOWN] * 1000
    assert try_until_sent(traveller, timedelta(hours=3)) <= timedelta(minutes=61)
    assert (the_delivery().status, mail.taken) == ("failed", [])
    assert any(
        "password_reset" in record.getMessage() and "dropped" in record.getMessage() for record in caplog.records
    )
    mail.errors = []
    assert deliver_due().sent == 0


def test_what_waits_holds_no_secret_and_no_link(client: Client, store: Store, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    ask(client)
    waiting = rows_of_every_table(store)
    deliver_due()
    link = LINK.search(str(mailoutbox[0].body))
    assert link is not None
    token = link[1].rstrip("/").rpartition("/")[2]
    for rows in (waiting, rows_of_every_table(store)):
        assert token not in rows
        assert "/password-reset/" not in rows


def test_one_refused_address_is_no_alarm(client: Client, mail: type[MailServer]) -> None:
    a_user()
    ask(client)
    mail.errors = [smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})]
    assert deliver_due().failed == 1
    parts = {part.name: part for part in health.report().parts}
    assert parts["outbox"].ok
    assert parts["deliveries"].ok
    assert outbox.depth().given_up == 0


def test_it_counts_among_what_waits_and_is_no_notification(client: Client) -> None:
    a_user()
    ask(client)
    parts = {part.name: part for part in health.report().parts}
    assert parts["deliveries"].figures["queued"] == 1
    assert notifications_all("alice") == []


def test_a_sender_that_died_is_followed_by_one_with_the_same_message_id(
    client: Client, mail: type[MailServer], traveller: time_machine.Traveller, store: Store, settings: LazySettings
) -> None:
    a_user()
    ask(client)

    def die_once_sent() -> None:
        if mail.taken:
            raise Killed

    with using(Disturbed(store, die_once_sent)), pytest.raises(Killed):
        deliver_due()
    traveller.shift(settings.DELIVERY_LEASE_SECONDS)
    assert deliver_due().sent == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.taken)
    assert first == second


def test_one_whose_password_was_changed_meanwhile_is_not_needed(client: Client, mailoutbox: list[EmailMessage]) -> None:
    user = a_user()
    ask(client)
    password_change(user, current=PASSWORD, new="another-long-passphrase")
    assert deliver_due().suppressed == 1
    assert mailoutbox == []


def test_one_of_an_account_suspended_meanwhile_is_not_sent(client: Client, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    ask(client)
    status_set("alice", "suspended")
    assert deliver_due().suppressed == 1
    assert mailoutbox == []


def test_nothing_is_left_of_it_once_the_account_is_erased(client: Client) -> None:
    a_user()
    ask(client)
    account_erase("alice")
    assert deliveries_all("alice") == []
    assert deliver_due().sent == 0


def test_an_event_that_an_earlier_version_wrote_is_handled(store: Store, mailoutbox: list[EmailMessage]) -> None:
    a_user()
    store.transact_write([event_put(Event("accounts.password_reset_requested", ADDRESS, {"email": ADDRESS}))])
    outbox.sweep()
    deliver_due()
    assert PASSWORD_RESET_REQUESTED == "accounts.password_reset_requested"
    assert [message.to for message in mailoutbox] == [[ADDRESS]]


def test_notices_wait_for_days_too(mail: type[MailServer], traveller: time_machine.Traveller) -> None:
    an_alert(a_user())
    assert prices_move("111") == 1
    mail.errors = [DOWN] * 1000
    for _ in range(24):
        deliver_due()
        traveller.shift(timedelta(hours=1))
    mail.errors = []
    traveller.shift(timedelta(hours=6))
    assert deliver_due().sent == 1
