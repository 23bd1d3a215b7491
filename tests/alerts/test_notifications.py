"""The notification centre."""

import re

from django.test import Client

from alerts.selectors import notifications_all, unread_newest
from core.accounts.domain import User
from core.storage import measured
from tests.alerts.builders import an_alert, prices_move, toasts
from tests.builders import next_cursor_of

OK, FOUND = 200, 302


def fire(alice: User, times: int = 1) -> None:
    an_alert(alice, every=True, cooldown=0)
    assert prices_move(*["111", "100"] * times) == times


def test_it_is_empty_at_first_and_says_what_for(browser: Client) -> None:
    assert 'class="empty"' in browser.get("/notifications/").content.decode()


def test_it_lists_notifications_newest_first(alice: User, browser: Client) -> None:
    an_alert(alice, ">", "105", name="First")
    an_alert(alice, ">", "110", name="Second")
    prices_move("106", "111")
    text = browser.get("/notifications/").content.decode()
    assert text.index("Second: Bitcoin price above 110.00") < text.index("First: Bitcoin price above 105.00")
    assert "Source" not in text
    assert text.count('class="badge info"') == 2


def test_it_comes_in_pages(alice: User, browser: Client) -> None:
    fire(alice, times=30)
    first = browser.get("/notifications/")
    assert len(first.context["page"].items) == 25
    second = browser.get(f"/notifications/?cursor={next_cursor_of(first)}")
    assert len(second.context["page"].items) == 5
    assert next_cursor_of(second) == ""


def test_it_is_filtered_by_kind_and_by_unread(alice: User, browser: Client) -> None:
    fire(alice, times=3)
    newest = notifications_all("alice")[0]
    browser.post(f"/notifications/{newest.notification_id}/read/")
    assert len(browser.get("/notifications/?unread=1").context["page"].items) == 2
    assert len(browser.get("/notifications/?kind=alert").context["page"].items) == 3
    assert len(browser.get("/notifications/?kind=order").context["page"].items) == 0
    assert browser.get("/notifications/?kind=nonsense").status_code == OK


def test_one_is_marked_as_read(alice: User, browser: Client) -> None:
    fire(alice, times=2)
    newest, other = notifications_all("alice")
    address = f"/notifications/{newest.notification_id}/read/"
    assert browser.post(address).status_code == FOUND
    assert browser.post(address).status_code == FOUND
    assert {each.notification_id for each in notifications_all("alice") if not each.is_read} == {other.notification_id}


def test_all_are_marked_as_read(alice: User, browser: Client) -> None:
    fire(alice, times=23)
    page = browser.post("/notifications/read/", follow=True)
    assert toasts(page) == ["success"]
    assert len(unread_newest("alice")) == 0
    assert all(each.is_read for each in notifications_all("alice"))


def test_the_badge_counts_what_is_unread_in_one_request(alice: User, browser: Client) -> None:
    assert browser.get("/notifications/unread/").content.decode().strip() == ""
    fire(alice, times=3)
    with measured() as usage:
        fragment = browser.get("/notifications/unread/").content.decode()
    assert re.sub(r"<[^>]*>", "", fragment).strip() == "3 unread"
    assert usage.without("Users", "Sessions").requests == 1
