"""Test messages: no more than five of a user within 300 seconds, whatever alert, page or key they come by."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine

from alerts.channels import CHANNELS
from alerts.selectors import deliveries_all
from alerts.services import alert_test
from core.accounts.domain import User
from core.accounts.services import account_erase
from core.errors import TooOften
from core.ids import new_id
from core.storage import Store, measured
from core.tables import THROTTLE
from tests.alerts.builders import an_alert, toasts
from tests.builders import a_user, api_client, signed_in

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
"""Of today: ids are made by the clock of the machine, and one that is a day off is refused."""


def send(user: User, alert_id: str, times: int = 1) -> None:
    """Test messages, each with an id of its own."""
    for _ in range(times):
        alert_test(user, alert_id, test_id=new_id())


def test_the_sixth_waits_until_the_first_is_300_seconds_old(alice: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        alert_id = an_alert(alice).alert_id
        send(alice, alert_id)
        clock.shift(100)
        send(alice, an_alert(alice).alert_id, times=4)
        clock.shift(199)
        with pytest.raises(TooOften) as refused:
            send(alice, alert_id)
        assert (refused.value.code, refused.value.retry_after) == ("too_many_tests", 1)
        clock.shift(1)
        send(alice, alert_id)
        with pytest.raises(TooOften) as refused:
            send(alice, alert_id)
        assert refused.value.retry_after == 100
    assert len(deliveries_all("alice")) == 6


def test_a_repeated_one_is_no_further_one(alice: User) -> None:
    alert_id, test_id = an_alert(alice).alert_id, new_id()
    for _ in range(9):
        alert_test(alice, alert_id, test_id=test_id)
    send(alice, alert_id, times=4)
    alert_test(alice, alert_id, test_id=test_id)
    assert len(deliveries_all("alice")) == 5


def test_others_are_not_kept_waiting(alice: User) -> None:
    send(alice, an_alert(alice).alert_id, times=5)
    bob = a_user("bob")
    send(bob, an_alert(bob).alert_id)
    assert len(deliveries_all("bob")) == 1


@pytest.mark.every_backend
def test_many_at_once_are_counted_too(alice: User) -> None:
    alert_id = an_alert(alice).alert_id

    def outcome(_: int) -> str:
        try:
            send(alice, alert_id)
        except TooOften as error:
            return error.code
        return "sent"

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(outcome, range(8)))
    assert (outcomes.count("sent"), outcomes.count("too_many_tests")) == (5, 3)
    assert len(deliveries_all("alice")) == 5


def test_it_is_three_requests(alice: User) -> None:
    alert_id = an_alert(alice).alert_id
    with measured() as usage:
        send(alice, alert_id)
    assert usage.requests == 3


def test_the_api_says_how_long_to_wait(alice: User) -> None:
    address = f"/api/v1/alerts/{an_alert(alice).alert_id}/test/"
    api = api_client(alice)
    assert [api.post(address).status_code for _ in range(5)] == [201] * 5
    refused = api.post(address)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_tests")
    assert 290 <= int(refused["Retry-After"]) <= 300
    assert "5 minutes" in refused.json()["detail"]


def test_the_page_says_how_long_to_wait(alice: User) -> None:
    page = f"/alerts/{an_alert(alice).alert_id}/"
    send(alice, page.split("/")[2], times=5)
    answer = signed_in(alice).post(f"{page}test/", {"id": new_id()}, follow=True)
    assert toasts(answer) == ["error"]
    assert "5 minutes" in answer.content.decode()


def test_a_sample_sees_that_no_mail_goes_out() -> None:
    sample = a_user("alice", account="sample", email="alice@sample.invalid")
    page = f"/alerts/{an_alert(sample).alert_id}/"
    browser = signed_in(sample)
    answer = browser.post(f"{page}test/", {"id": new_id()}, follow=True)
    assert toasts(answer) == ["success"]
    for shown in (answer, browser.get("/alerts/add/")):
        assert CHANNELS["email"].hint(sample) in shown.content.decode()


def test_the_count_goes_with_the_account(alice: User, store: Store) -> None:
    send(alice, an_alert(alice).alert_id)
    account_erase("alice")
    assert [row for row in store.dump(THROTTLE) if "alice" in row["name"]] == []
