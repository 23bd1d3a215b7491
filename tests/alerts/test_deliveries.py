"""Deliveries: leased, sent at least once under the same id, tried again, given up, every attempt kept."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from alerts.channels.email import EMAIL
from alerts.domain.notification import INTERRUPTED, RETRY_AFTER, Delivery
from alerts.repositories import deliveries
from alerts.selectors import deliveries_all
from alerts.services import deliver_due
from alerts.tasks import deliver_due as deliver_due_task
from core import clock
from core.accounts.domain import User
from core.accounts.services import account_erase
from core.accounts.tables import USERS
from core.storage import Store, TransactionCancelled, Update, measured, using
from tests.alerts.builders import an_alert, prices_move
from tests.alerts.disturbances import Disturbed, Killed
from tests.builders import a_user, change_user


class MailServer(BaseEmailBackend):
    """A mail server that refuses what a test names, and keeps what it takes."""

    errors: list[Exception] = []
    taken: list[EmailMessage] = []

    def send_messages(self, email_messages: Any) -> int:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.extend(email_messages)
        return len(email_messages)


@pytest.fixture
def mail(settings: LazySettings) -> type[MailServer]:
    settings.EMAIL_BACKEND = f"{__name__}.MailServer"
    MailServer.errors, MailServer.taken = [], []
    return MailServer


def the_delivery() -> Delivery:
    (delivery,) = deliveries_all("alice")
    return delivery


def fire(alice: User) -> None:
    an_alert(alice)
    assert prices_move("111") == 1


def test_a_firing_is_sent_by_mail(alice: User, mailoutbox: list[EmailMessage]) -> None:
    fire(alice)
    assert the_delivery().status == "queued"
    deliver_due_task()
    assert [message.to for message in mailoutbox] == [["alice@example.com"]]
    delivery = the_delivery()
    assert delivery.status == "sent"
    assert [attempt.outcome for attempt in delivery.attempts] == ["sent"]


def test_what_is_sent_is_not_sent_again(alice: User, mailoutbox: list[EmailMessage]) -> None:
    fire(alice)
    assert deliver_due().sent == 1
    with measured() as usage:
        assert deliver_due().sent == 0
    assert usage.requests == 1
    assert len(mailoutbox) == 1


def test_without_email_among_the_channels_none_is_sent(alice: User, mailoutbox: list[EmailMessage]) -> None:
    an_alert(alice, channels=("in_app",))
    assert prices_move("111") == 1
    assert deliver_due().sent == 0
    assert mailoutbox == []


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("nobody there"),
        TimeoutError("too slow"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPAuthenticationError(535, b"the password of the site is wrong"),
        smtplib.SMTPSenderRefused(550, b"not from you", "site@example.com"),
        smtplib.SMTPConnectError(554, b"no mail today"),
        smtplib.SMTPRecipientsRefused({"alice@example.com": (450, b"greylisted")}),
    ],
)
def test_what_fails_for_now_is_tried_again_later(
    alice: User, mail: type[MailServer], traveller: time_machine.Traveller, error: Exception
) -> None:
    fire(alice)
    mail.errors = [error]
    assert deliver_due().retry == 1
    assert the_delivery().due_at == clock.now() + RETRY_AFTER[0]
    assert deliver_due().sent == 0
    traveller.shift(RETRY_AFTER[0])
    assert deliver_due().sent == 1
    assert [attempt.outcome for attempt in the_delivery().attempts] == ["retry", "sent"]
    assert the_delivery().attempts[0].detail


def test_it_is_given_up_after_the_last_attempt(
    alice: User, mail: type[MailServer], traveller: time_machine.Traveller
) -> None:
    fire(alice)
    mail.errors = [OSError("down")] * 100
    for wait in RETRY_AFTER:
        assert deliver_due().retry == 1
        traveller.shift(wait)
    assert deliver_due().failed == 1
    traveller.shift(timedelta(days=10))
    with measured() as usage:
        deliver_due()
    assert usage.requests == 1
    assert len(the_delivery().attempts) == len(RETRY_AFTER) + 1


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"alice@example.com": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"spam"),
    ],
)
def test_what_can_never_be_sent_is_given_up_at_once(alice: User, mail: type[MailServer], error: Exception) -> None:
    fire(alice)
    mail.errors = [error]
    assert deliver_due().failed == 1
    assert the_delivery().status == "failed"


def test_a_fault_of_ours_keeps_no_other_message_back(alice: User, mail: type[MailServer]) -> None:
    an_alert(alice, ">", "109")
    an_alert(alice, ">", "110")
    assert prices_move("111") == 2
    mail.errors = [ZeroDivisionError()]
    done = deliver_due()
    assert (done.retry, done.sent) == (1, 1)


def test_an_account_that_cannot_be_read_keeps_no_message_of_others_back(
    alice: User, mailoutbox: list[EmailMessage], store: Store
) -> None:
    for user in (alice, a_user("bob"), a_user("carol")):
        an_alert(user)
    assert prices_move("111") == 3
    store.update(USERS, {"username": "bob"}, Update(remove=("email",)))
    done = deliver_due()
    assert (done.retry, done.sent) == (1, 2)
    assert {message.to[0] for message in mailoutbox} == {"alice@example.com", "carol@example.com"}


def test_a_sender_that_died_is_followed_by_another_with_the_same_message(
    alice: User, mail: type[MailServer], traveller: time_machine.Traveller, store: Store, settings: LazySettings
) -> None:
    fire(alice)

    def die_once_sent() -> None:
        if mail.taken:
            raise Killed

    with using(Disturbed(store, die_once_sent)), pytest.raises(Killed):
        deliver_due()
    assert the_delivery().status == "sending"
    assert deliver_due().sent == 0
    traveller.shift(settings.DELIVERY_LEASE_SECONDS)
    assert deliver_due().sent == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.taken)
    assert first == second
    attempts = the_delivery().attempts
    assert [attempt.outcome for attempt in attempts] == ["sending", "sent"]
    assert attempts[0].detail == INTERRUPTED


def test_two_senders_send_it_once(alice: User, mailoutbox: list[EmailMessage], store: Store) -> None:
    fire(alice)
    read = the_delivery()
    assert deliver_due().sent == 1
    late = deliveries.delivery_change(read, read.leased("another", clock.now(), timedelta(seconds=60)))
    with pytest.raises(TransactionCancelled):
        store.transact_write([late])
    assert len(mailoutbox) == 1


def test_nothing_is_sent_to_an_account_that_is_closed(
    alice: User, mailoutbox: list[EmailMessage], store: Store
) -> None:
    fire(alice)
    pending = the_delivery()
    account_erase("alice")
    store.transact_write([deliveries.delivery_put(pending)])
    assert deliver_due().suppressed == 1
    assert mailoutbox == []


def test_nothing_is_sent_to_an_account_that_is_suspended(alice: User, mailoutbox: list[EmailMessage]) -> None:
    fire(alice)
    change_user("alice", {"status": "suspended"})
    assert deliver_due().suppressed == 1
    assert the_delivery().attempts[0].detail == "The account is not active."
    assert mailoutbox == []


def test_a_sample_gets_no_mail_and_the_delivery_says_why(mailoutbox: list[EmailMessage]) -> None:
    sample = a_user("alice", account="sample", email="alice@sample.invalid")
    fire(sample)
    assert deliver_due().suppressed == 1
    assert the_delivery().attempts[0].detail == EMAIL.obstacle(sample) != ""
    assert mailoutbox == []
