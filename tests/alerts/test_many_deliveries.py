"""Many messages at once: over one connection, by several senders, fair between users, and never all of a worker."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from alerts.domain.notification import Notification
from alerts.selectors import deliveries_all, history_all, notifications_all
from alerts.services import deliver_due
from alerts.services.deliveries import TAKEN_AT_ONCE
from alerts.tables import NOTIFICATIONS
from alerts.tasks import deliver_due as deliver_due_task
from core import clock
from core.accounts.domain import User
from core.storage import Store, Update, measured, open_store, using
from core.wiring import tables
from tests.alerts.builders import an_alert, prices_move
from tests.alerts.mail_server import MailServer, mail_server
from tests.builders import a_user


def fire(users: list[User], alerts_of_each: int) -> None:
    """One move that fires that many alerts of each user."""
    for _ in range(alerts_of_each):
        for user in users:
            an_alert(user, ">=", "110")
    assert prices_move("111") == len(users) * alerts_of_each


def take_mail(settings: LazySettings, server: MailServer) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port


class TestConnections:
    def test_one_is_used_for_many_mails(self, alice: User, settings: LazySettings) -> None:
        fire([alice], TAKEN_AT_ONCE)
        with mail_server() as server:
            take_mail(settings, server)
            assert deliver_due().sent == TAKEN_AT_ONCE
        assert (server.connections, len(server.mails)) == (1, TAKEN_AT_ONCE)

    def test_a_server_that_ends_it_after_some_mails_is_called_again(self, alice: User, settings: LazySettings) -> None:
        fire([alice], 10)
        with mail_server(mails_taken_at_once=4) as server:
            take_mail(settings, server)
            assert deliver_due().sent == 10
        assert (server.connections, len(server.mails)) == (3, 10)

    def test_a_server_out_of_reach_is_waited_for_once_and_not_for_each_mail(
        self, alice: User, settings: LazySettings
    ) -> None:
        fire([alice], 10)
        with mail_server(mails_taken_at_once=0) as server:
            take_mail(settings, server)
            assert deliver_due().retry == 10
        assert server.connections == 1
        assert {len(delivery.attempts) for delivery in deliveries_all("alice")} == {1}


def test_what_messages_say_is_read_for_many_at_once(alice: User) -> None:
    fire([alice], TAKEN_AT_ONCE)
    with measured() as usage:
        assert deliver_due().sent == TAKEN_AT_ONCE
    assert usage.requests == 3 + 2 * TAKEN_AT_ONCE


@pytest.mark.parametrize("earlier", [100, 300])
def test_a_storm_of_one_user_delays_no_other(
    alice: User, mailoutbox: list[EmailMessage], settings: LazySettings, earlier: int
) -> None:
    settings.ALERTS_PER_USER = earlier
    fire([alice], earlier)
    bob = a_user("bob")
    an_alert(bob, ">=", "120")
    assert prices_move("121") == 1
    assert deliver_due().sent == earlier + 1
    assert [mail.to for mail in mailoutbox].index(["bob@example.com"]) < 2


def test_senders_at_once_send_everything_once_and_seldom_meet(mailoutbox: list[EmailMessage], tmp_path: Any) -> None:
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    opened.create_tables(tables())
    with using(opened):
        users = [a_user(f"user_{number}") for number in range(10)]
        fire(users, 20)
        ready = threading.Barrier(2)

        def send() -> tuple[int, int]:
            ready.wait()
            done = deliver_due()
            return done.sent, done.taken

        with ThreadPoolExecutor(2) as pool:
            ended = [each.result() for each in [pool.submit(send) for _ in range(2)]]
    opened.close()
    assert sum(sent for sent, _ in ended) == 200
    assert set(Counter(mail.extra_headers["Message-ID"] for mail in mailoutbox).values()) == {1}
    assert len(mailoutbox) == 200
    assert sum(taken for _, taken in ended) < 100


class Slow(BaseEmailBackend):
    """A mail server that takes a mail and says nothing until a test lets it."""

    has_mail = threading.Event()
    goes_on = threading.Event()
    taken: list[str] = []

    def send_messages(self, email_messages: Any) -> int:
        self.has_mail.set()
        assert self.goes_on.wait(20)
        self.taken.extend(mail.extra_headers["Message-ID"] for mail in email_messages)
        return len(email_messages)


@pytest.fixture
def slow(settings: LazySettings) -> Iterator[type[Slow]]:
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    Slow.has_mail.clear()
    Slow.goes_on.clear()
    Slow.taken.clear()
    yield Slow
    Slow.goes_on.set()


class TestSlowServers:
    def test_they_hold_one_thread_of_a_worker(self, alice: User, slow: type[Slow]) -> None:
        fire([alice], 1)
        with ThreadPoolExecutor(1) as pool:
            at_work = pool.submit(deliver_due_task)
            assert slow.has_mail.wait(20)
            an_alert(alice, ">=", "120")
            assert prices_move("121") == 1
            deliver_due_task()
            assert slow.taken == []
            slow.goes_on.set()
            at_work.result()
        assert len(set(slow.taken)) == 2

    def test_a_task_ends_when_its_time_is_over(self, alice: User, mailoutbox: list[EmailMessage]) -> None:
        fire([alice], 3)
        done = deliver_due(seconds=0)
        assert (done.sent, done.has_more) == (1, True)
        assert deliver_due().sent == 2


def test_a_row_that_is_no_delivery_keeps_no_other_back(
    alice: User, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    fire([alice], 2)
    faulty = deliveries_all("alice")[0].content_id
    key = {"username": "alice", "entry": f"DELIVERY#{faulty}#email"}
    store.update(NOTIFICATIONS, key, Update(set={"status": "on a pigeon"}))
    assert deliver_due().sent == 1
    assert f"delivery DELIVERY#{faulty}#email of alice cannot be understood" in caplog.messages


def test_a_delivery_that_has_ended_expires_and_notifications_stay(alice: User, store: Store) -> None:
    fire([alice], 1)
    an_alert(alice, ">=", "120", name="still due")
    assert deliver_due().sent == 1
    assert prices_move("121") == 1
    store.purge_expired(clock.now() + timedelta(days=89))
    assert len(deliveries_all("alice")) == 2
    store.purge_expired(clock.now() + timedelta(days=91))
    (left,) = deliveries_all("alice")
    assert isinstance(left.content, Notification)
    assert left.content.title.startswith("still due")
    assert len(notifications_all("alice")) == len(history_all("alice")) == 2
