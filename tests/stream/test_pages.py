"""What pages hold so that the script of the stream can keep them up to date."""

import re

import pytest
from django.test import Client

from alerts.selectors import notifications_all
from core import clock
from core.accounts.domain import User
from tests.alerts.builders import an_alert, prices_move
from tests.builders import a_user, signed_in
from tests.market.builders import an_asset


def text_of(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def fire(user: User) -> str:
    """An alert of the user fires; the id of the notification."""
    an_alert(user)
    prices_move("111")
    prices_move("100")
    return notifications_all(user.username)[0].notification_id


@pytest.mark.parametrize("path", ["/markets/", "/markets/bitcoin/"])
def test_they_name_the_prices_that_they_show(path: str) -> None:
    at = an_asset("bitcoin", price="100").price_at
    assert at is not None
    assert re.search(rf'data-prices="bitcoin={re.escape(clock.to_text(at))} ?"', text_of(Client(), path))


class TestUnread:
    def test_names_the_newest_alone(self) -> None:
        alice = a_user()
        fire(alice)
        newest = fire(alice)
        shown = text_of(signed_in(alice), "/notifications/unread/")
        assert re.findall(r'data-newest="([^"]+)"', shown) == [newest]
        assert 'data-title="Bitcoin' in shown

    def test_is_of_the_reader(self) -> None:
        fire(a_user("alice"))
        assert text_of(signed_in(a_user("bob")), "/notifications/unread/").strip() == ""


class TestNewer:
    def test_are_counted_on_the_page_that_does_not_show_them(self) -> None:
        alice = a_user()
        seen = fire(alice)
        browser = signed_in(alice)
        page = text_of(browser, "/notifications/")
        assert f'hx-get="/notifications/?after={seen}&amp;kind="' in page
        assert "1 new</a>" not in page
        fire(alice)
        fire(alice)
        assert "2 new</a>" in text_of(browser, f"/notifications/?after={seen}&kind=")
        assert "3 new</a>" in text_of(browser, "/notifications/?after=&kind=")

    def test_are_of_the_reader(self) -> None:
        seen = fire(a_user("alice"))
        assert " new</a>" not in text_of(signed_in(a_user("bob")), f"/notifications/?after={seen}")


def test_the_setting_of_the_reader_is_on_the_page() -> None:
    assert 'data-refresh-seconds="30"' in text_of(signed_in(a_user(refresh_seconds=30)), "/")
    assert "data-refresh-seconds" not in text_of(Client(), "/markets/")


def test_pages_may_connect_to_their_own_site_alone() -> None:
    policy = Client().get("/markets/").headers["Content-Security-Policy"]
    assert "connect-src 'self' ws://localhost:8000" in policy.split("; ")
