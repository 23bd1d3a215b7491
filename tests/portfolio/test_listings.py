"""Orders, transactions and the ledger: newest first, by asset, by type, by day, a page at a time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from core.accounts.domain import User
from core.errors import NotFound
from core.storage import Key, measured
from portfolio import selectors
from portfolio.domain.cash import EntryType
from portfolio.selectors import Rows
from tests.portfolio.builders import a_coin, an_account, an_id, bought, paid_in, recorded, sold, taken_out

JANUARY = datetime(2025, 1, 31, 23, 59, 59, 999_000, tzinfo=UTC)


@pytest.fixture
def alice() -> User:
    a_coin()
    a_coin("ethereum", "10")
    return an_account()


def all_pages(read: Callable[[Key | None], Rows[Any]]) -> list[Any]:
    """Everything, by as many requests as there are pages."""
    found: list[Any] = []
    cursor: Key | None = None
    while True:
        rows = read(cursor)
        found += rows.items
        cursor = rows.cursor
        if cursor is None:
            return found


def test_orders_newest_first_and_of_one_asset(alice: User) -> None:
    first, second = bought(alice, quantity="1"), bought(alice, "ethereum", quantity="2")
    third = sold(alice, quantity="1")
    with measured() as usage:
        assert selectors.orders_newest("alice", 10).items == (third, second, first)
        assert selectors.orders_newest("alice", 10, asset_id="bitcoin").items == (third, first)
    assert usage.requests == 2


def test_orders_in_pages(alice: User) -> None:
    orders = [bought(alice, quantity="0.1") for _ in range(5)]
    assert all_pages(lambda cursor: selectors.orders_newest("alice", 2, cursor)) == orders[::-1]


def test_one_order_and_none_of_somebody_else(alice: User) -> None:
    order, bob = bought(alice, quantity="1"), an_account("bob")
    assert selectors.order_get("alice", order.order_id) == order
    errors = []
    for order_id in (order.order_id, an_id()):
        with measured() as usage, pytest.raises(NotFound) as error:
            selectors.order_get(bob.username, order_id)
        errors.append((error.value.detail, usage.requests))
    assert errors[0] == errors[1]


@pytest.mark.every_backend
def test_transactions_by_the_day_of_the_trade_the_last_day_whole(alice: User) -> None:
    last = recorded(alice, "buy", "1", "90", JANUARY)
    next_day = recorded(alice, "buy", "1", "90", JANUARY + timedelta(milliseconds=1))
    january = selectors.trades_of("alice", 10, since=date(2025, 1, 1), until=date(2025, 1, 31))
    february = selectors.trades_of("alice", 10, since=date(2025, 2, 1))
    assert (january.items, february.items) == ((last,), (next_day,))


def test_transactions_of_one_asset_within_days_are_one_request(alice: User) -> None:
    recorded(alice, "buy", "1", "9", JANUARY, asset_id="ethereum")
    wanted = recorded(alice, "buy", "1", "90", JANUARY)
    bought(alice, quantity="1")
    with measured() as usage:
        rows = selectors.trades_of("alice", 10, asset_id="bitcoin", until=date(2025, 1, 31))
    assert (rows.items, usage.requests) == ((wanted,), 1)


@pytest.mark.every_backend
def test_transactions_in_pages(alice: User) -> None:
    trades = [recorded(alice, "buy", "1", "90", JANUARY + timedelta(hours=number)) for number in range(5)]
    assert all_pages(lambda cursor: selectors.trades_of("alice", 2, cursor)) == trades[::-1]
    assert all_pages(lambda cursor: selectors.trades_of("alice", 2, cursor, asset_id="bitcoin")) == trades[::-1]


def test_the_ledger_of_some_days() -> None:
    with time_machine.travel(JANUARY, tick=False) as traveller:
        alice = an_account(account="empty")
        paid_in(alice, "1")
        traveller.shift(timedelta(milliseconds=1))
        paid_in(alice, "2")
        january = selectors.ledger_of("alice", 10, until=date(2025, 1, 31))
        february = selectors.ledger_of("alice", 10, since=date(2025, 2, 1), until=date(2025, 2, 1))
    assert [entry.amount for entry in january.items] == [Decimal(1)]
    assert [entry.amount for entry in february.items] == [Decimal(2)]


@pytest.mark.every_backend
def test_the_ledger_by_type_in_pages(alice: User) -> None:
    for number in range(1, 8):
        paid_in(alice, str(number))
        bought(alice, quantity="0.1")
    found = all_pages(lambda cursor: selectors.ledger_of("alice", 3, cursor, kind=EntryType.DEPOSIT))
    assert [entry.amount for entry in found] == list(range(7, 0, -1))


def test_a_filter_reads_at_most_five_pages_and_hands_back_where_it_stands(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.reading.FILTERED_ROWS", 2)
    for _ in range(12):
        taken_out(alice, "1")
    with measured() as usage:
        rows = selectors.ledger_of("alice", 5, kind=EntryType.SYSTEM_ADJUSTMENT)
    assert (rows.items, usage.requests) == ((), 5)
    found = all_pages(lambda cursor: selectors.ledger_of("alice", 5, cursor, kind=EntryType.SYSTEM_ADJUSTMENT))
    assert [entry.amount for entry in found] == [Decimal(10_000)]


def test_days_long_ago_and_far_ahead_find_nothing_and_everything(alice: User) -> None:
    paid_in(alice, "1")
    early, late = date(1970, 1, 1), date(9998, 12, 31)
    assert selectors.ledger_of("alice", 10, since=early, until=early).items == ()
    assert len(selectors.ledger_of("alice", 10, since=early, until=late).items) == 2
    assert selectors.trades_of("alice", 10, since=late, until=late).items == ()


def test_everything_at_once_for_charts(alice: User) -> None:
    bought(alice, quantity="1")
    with measured() as usage:
        assert len(selectors.trades_all("alice")) == 1
        assert len(selectors.ledger_all("alice")) == 2
    assert usage.requests == 2


def test_money_and_units_that_an_order_could_spend_are_one_request(alice: User) -> None:
    bought(alice, quantity="1.5")
    with measured() as usage:
        means = selectors.means_of("alice", "bitcoin")
    assert (means.cash.available, means.quantity, usage.requests) == (Decimal(9850), Decimal("1.5"), 1)
