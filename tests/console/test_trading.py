"""Transactions of everyone, holders of an asset and the activity of the site, as the staff see them."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core import clock
from core.accounts.domain import User
from core.accounts.services import user_sign_in
from core.console.activity import activity
from tests.builders import PASSWORD, a_user, api_client, signed_in
from tests.console.builders import a_staff_member
from tests.portfolio.builders import a_coin, bought, recorded, sold

SECRET_QUANTITY = "3.14159265"


@pytest.fixture
def moderator() -> User:
    return a_staff_member("moderator")


@pytest.fixture
def browser(moderator: User) -> Client:
    return signed_in(moderator)


@pytest.fixture
def program(moderator: User) -> APIClient:
    return api_client(moderator)


@pytest.fixture(autouse=True)
def traders() -> tuple[User, User]:
    """Bob and Carol, who both bought bitcoin; Carol sold hers again, and recorded an old trade of ethereum."""
    a_coin(price="100")
    a_coin("ethereum", "10")
    bob, carol = a_user("bob"), a_user("carol")
    bought(bob, quantity=SECRET_QUANTITY)
    bought(carol, quantity="1")
    sold(carol, quantity="1")
    recorded(carol, "buy", "2", "9", clock.now() - timedelta(days=40), asset_id="ethereum")
    return bob, carol


def test_the_newest_trades_of_everyone_come_first(browser: Client) -> None:
    page = browser.get("/staff/transactions/").content.decode()
    assert page.count('href="/staff/users/carol/"') == 2
    assert page.count('href="/staff/users/bob/"') == 1
    assert page.index('href="/staff/users/carol/"') < page.index('href="/staff/users/bob/"')


def test_trades_of_one_user_reach_back_as_far_as_they_go(browser: Client) -> None:
    page = browser.get("/staff/transactions/?user=Carol").content.decode()
    assert page.count('href="/staff/users/carol/"') == 3
    assert "/staff/users/bob/" not in page


def test_the_sums_are_of_the_trades_shown(browser: Client) -> None:
    page = re.sub(r"<[^>]+>", "", browser.get("/staff/transactions/?user=carol").content.decode())
    assert "bought 118.00, sold 100.00, fees 0.00" in page


def test_trades_up_to_a_day(browser: Client) -> None:
    day = (clock.now() - timedelta(days=40)).date().isoformat()
    page = browser.get(f"/staff/transactions/?until={day}").content.decode()
    assert page.count('href="/staff/users/carol/"') == 1
    assert "/markets/ethereum/" in page


@pytest.mark.parametrize("until", ["1969-12-31", "yesterday", "2026-02-30"])
def test_what_is_not_a_day_is_refused(browser: Client, until: str) -> None:
    answer = browser.get(f"/staff/transactions/?until={until}")
    assert answer.status_code == 422
    assert "error" in answer.content.decode()


def test_the_endpoint_says_whose_each_trade_is(program: APIClient) -> None:
    items = program.get("/api/v1/staff/transactions/").json()["items"]
    assert [(item["username"], item["type"]) for item in items] == [("carol", "sell"), ("carol", "buy"), ("bob", "buy")]
    assert len(program.get("/api/v1/staff/transactions/?user=carol").json()["items"]) == 3
    wrong = program.get("/api/v1/staff/transactions/?until=soon")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["until"])


def test_pages_of_the_endpoint_follow_each_other(program: APIClient) -> None:
    first = program.get("/api/v1/staff/transactions/?limit=2").json()
    second = program.get("/api/v1/staff/transactions/", {"limit": 2, "cursor": first["next"]}).json()
    names = [item["username"] for item in (*first["items"], *second["items"])]
    assert names == ["carol", "carol", "bob"]


def test_a_cursor_of_another_member_of_the_staff_is_refused(program: APIClient) -> None:
    cursor = program.get("/api/v1/staff/transactions/?limit=2").json()["next"]
    other = api_client(a_staff_member("admin", "ada"))
    assert other.get("/api/v1/staff/transactions/", {"limit": 2, "cursor": cursor}).status_code == 400


def test_holders_are_named_and_how_much_they_hold_is_not(browser: Client, program: APIClient) -> None:
    page = browser.get("/staff/holders/?asset=bitcoin").content.decode()
    assert 'href="/staff/users/bob/"' in page
    assert "/staff/users/carol/" not in page
    assert SECRET_QUANTITY not in page
    answer = program.get("/api/v1/staff/assets/bitcoin/holders/")
    assert [set(item) for item in answer.json()["items"]] == [{"username", "since", "last_trade_at"}]
    assert program.get("/api/v1/staff/assets/nothing/holders/").status_code == 404


def test_an_asset_that_nobody_holds_says_so(browser: Client) -> None:
    assert "Choose an asset" in browser.get("/staff/holders/").content.decode()
    assert browser.get("/staff/holders/?asset=nothing").status_code == 422


def test_activity_counts_sign_ups_sign_ins_and_trades(browser: Client) -> None:
    a_user("sample_1", account="sample")
    user_sign_in("bob", PASSWORD, address="192.0.2.1")
    found = activity()
    assert (found.accounts, found.samples, found.complete) == (3, 1, True)
    assert found.by_role == {"user": 2, "moderator": 1}
    assert found.signed_up == {"24 hours": 3, "7 days": 3, "30 days": 3}
    assert found.signed_in == {"24 hours": 1, "7 days": 1, "30 days": 1}
    assert [user.username for user in found.newest_sign_ins] == ["bob"]
    page = browser.get("/staff/activity/").content.decode()
    assert "Latest sign-ins" in page
    assert f"?until={clock.now().date():%Y-%m-%d}" in page
    assert "@example.com" not in page


def test_old_sign_ups_count_in_longer_spans_alone() -> None:
    with clock.set_by(lambda: datetime.now(UTC) + timedelta(days=10)):
        found = activity()
    assert found.signed_up == {"24 hours": 0, "7 days": 0, "30 days": 2}


def test_no_balance_of_anybody_shows(browser: Client, traders: tuple[User, User]) -> None:
    bob, _ = traders
    left = Decimal(10_000) - Decimal("314.16")
    for address in (
        "/staff/users/",
        f"/staff/users/{bob.username}/",
        "/staff/activity/",
        "/staff/holders/?asset=bitcoin",
    ):
        page = browser.get(address).content.decode()
        assert f"{left:,}" not in page
        assert str(left) not in page
