"""Each question that the staff area asks of users, holdings, trades and the audit log is one request."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core import audit, clock
from core.accounts.repositories import users
from core.accounts.selectors import users_page
from core.audit.repository import entry_from_item, month_query
from core.storage import measured, store
from portfolio import selectors
from portfolio.repositories import holdings, trades
from tests.builders import a_user, change_user, there
from tests.console.builders import a_staff_member
from tests.counting import one_request, queried
from tests.portfolio.builders import a_coin, an_account, bought, recorded, sold

pytestmark = pytest.mark.every_backend


def _note(subject: str, at: datetime) -> None:
    with clock.set_by(lambda: at):
        store().transact_write([audit.audit_put("ada", "user.role", subject, "A test of it", {})])


def test_users_by_role() -> None:
    for hours, name in ((2, "moe"), (1, "max")):
        with time_machine.travel(clock.now() - timedelta(hours=hours)):
            a_staff_member("moderator", name)
    a_user("bob")
    page = queried(users.role_query("moderator"))
    assert [item["username"] for item in page.items] == ["max", "moe"]


def test_users_by_name_prefix() -> None:
    for name in ("bob", "bobby", "alice"):
        a_user(name)
    page = queried(users.directory_query("bob"))
    assert [item["username"] for item in page.items] == ["bob", "bobby"]


def test_audit_log_of_a_month() -> None:
    for day, month in ((1, 6), (2, 6), (1, 7)):
        _note("user#bob", datetime(2026, month, day, tzinfo=UTC))
    page = queried(month_query("2026-06"))
    assert [entry_from_item(item).at.day for item in page.items] == [2, 1]


def test_audit_log_of_a_subject() -> None:
    for subject, month in (("user#bob", 6), ("user#carol", 6), ("user#bob", 7)):
        _note(subject, datetime(2026, month, 1, tzinfo=UTC))
    with one_request():
        rows = audit.entries_of("user#bob", 10)
    assert [entry.at.month for entry in rows.items] == [7, 6]


def test_portfolios_holders_of_an_asset() -> None:
    a_coin()
    a_coin("ethereum", "10")
    carol, bob, dave = (there(an_account(name)) for name in ("carol", "bob", "dave"))
    for user in (carol, bob, dave):
        bought(user, quantity="1")
    bought(there(an_account("eve")), "ethereum", quantity="1")
    sold(dave, quantity="1")
    page = queried(holdings.holders_query("bitcoin"))
    assert [item["username"] for item in page.items] == ["bob", "carol"]


def test_transactions_everyones_newest_by_day() -> None:
    a_coin()
    noon = datetime(2025, 11, 20, 12, tzinfo=UTC)
    for hours, name in ((0, "bob"), (1, "carol"), (24, "dave")):
        recorded(there(an_account(name)), "buy", "1", "90", noon + timedelta(hours=hours))
    page = queried(trades.day_query("2025-11-20"))
    assert [item["username"] for item in page.items] == ["carol", "bob"]


def test_the_lists_read_on_where_a_filter_has_no_key() -> None:
    for number in range(6):
        a_user(f"user{number}")
    change_user("user4", {"status": "suspended"})
    with measured() as usage:
        found = users_page(status="suspended", limit=2)
    assert ([user.username for user in found.items], found.cursor, usage.requests) == (["user4"], None, 1)
    first = users_page(status="active", limit=2)
    rest = users_page(status="active", limit=10, cursor=first.cursor)
    assert [user.username for user in (*first.items, *rest.items)] == ["user0", "user1", "user2", "user3", "user5"]
    newest = users_page(role="user", status="active", limit=2)
    older = users_page(role="user", status="active", limit=10, cursor=newest.cursor)
    assert {user.username for user in (*newest.items, *older.items)} == {"user0", "user1", "user2", "user3", "user5"}


def test_everyones_trades_are_read_back_over_days_without_any() -> None:
    a_coin()
    bob, carol = there(an_account("bob")), there(an_account("carol"))
    today = datetime(2025, 11, 20, 12, tzinfo=UTC)
    for back, user in ((0, bob), (1, carol), (3, bob), (9, carol)):
        recorded(user, "buy", "1", "90", today - timedelta(days=back))
    first = selectors.trades_of_everyone(3, until=today.date())
    assert [trade.username for trade in first.items] == ["bob", "carol", "bob"]
    with measured() as usage:
        second = selectors.trades_of_everyone(3, first.cursor)
    assert (second.items, usage.requests) == ((), 5)
    third = selectors.trades_of_everyone(3, second.cursor)
    assert [trade.username for trade in third.items] == ["carol"]


def test_holders_are_listed_by_name_page_by_page() -> None:
    a_coin()
    for name in ("carol", "bob", "dave"):
        bought(there(an_account(name)), quantity="1")
    first = selectors.holders_of("bitcoin", 2)
    rest = selectors.holders_of("bitcoin", 2, first.cursor)
    assert [holder.username for holder in (*first.items, *rest.items)] == ["bob", "carol", "dave"]
    assert rest.cursor is None
