"""Deposits and withdrawals, their daily limits, and the ledger that each leaves a row in."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from pytest_django.fixtures import Settings

from core.errors import InvalidInput, Refused
from core.storage import measured
from portfolio import selectors
from tests.portfolio.builders import an_account, cash_of, check_adds_up, paid_in, taken_out

LATE = datetime(2026, 11, 20, 23, 59, 59, 999_000, tzinfo=UTC)


def test_a_practice_account_opens_with_a_booked_balance() -> None:
    alice = an_account()
    (entry,) = selectors.ledger_all("alice")
    assert (entry.transaction_type, entry.change, entry.new_balance) == (
        "SYSTEM_ADJUSTMENT",
        Decimal(10_000),
        Decimal(10_000),
    )
    view = selectors.portfolio_of(alice)
    assert (view.totals.net_deposits, view.totals.profit) == (Decimal(10_000), Decimal(0))


def test_the_opening_balance_is_a_setting(settings: Settings) -> None:
    settings.OPENING_BALANCE = Decimal("2500.50")
    assert cash_of(an_account()) == Decimal("2500.50")


@pytest.mark.parametrize("account", ["empty", "sample"])
def test_another_account_opens_with_nothing(account: str) -> None:
    assert cash_of(an_account(account=account)) == 0  # type: ignore[arg-type]
    assert selectors.ledger_all("alice") == []


@pytest.mark.every_backend
def test_a_deposit_and_a_withdrawal_are_two_requests_each() -> None:
    alice = an_account()
    with measured() as usage:
        paid_in(alice, "200.50", "Salary")
        taken_out(alice, "50.25", "Rent")
    assert usage.requests == 4
    rent, salary, _ = selectors.ledger_all("alice")
    assert (salary.transaction_type, salary.amount, salary.new_balance) == (
        "DEPOSIT",
        Decimal("200.50"),
        Decimal("10200.50"),
    )
    assert (rent.transaction_type, rent.amount, rent.previous_balance, rent.new_balance) == (
        "WITHDRAW",
        Decimal("50.25"),
        Decimal("10200.50"),
        Decimal("10150.25"),
    )
    assert (rent.description, rent.status) == ("Rent", "COMPLETED")
    check_adds_up(alice)


def test_no_more_than_there_is_can_be_taken_out() -> None:
    alice = an_account(account="empty")
    paid_in(alice, "10")
    with pytest.raises(Refused) as error:
        taken_out(alice, "10.01")
    assert error.value.code == "insufficient_funds"
    assert cash_of(alice) == Decimal(10)


def test_deposits_of_a_practice_account_are_limited_by_the_utc_day() -> None:
    with time_machine.travel(LATE, tick=False) as traveller:
        alice = an_account()
        paid_in(alice, "9999")
        with pytest.raises(Refused, match=r"1\.00 is left until midnight UTC") as error:
            paid_in(alice, "1.01")
        paid_in(alice, "1")
        traveller.shift(timedelta(milliseconds=1))
        paid_in(alice, "10000")
    assert (error.value.code, error.value.field) == ("daily_limit", "amount")
    assert cash_of(alice) == Decimal(30_000)
    check_adds_up(alice)


def test_withdrawals_of_a_practice_account_are_limited_apart_from_deposits() -> None:
    with time_machine.travel(LATE, tick=False) as traveller:
        alice = an_account()
        paid_in(alice, "10000")
        taken_out(alice, "5000")
        with pytest.raises(Refused) as error:
            taken_out(alice, "0.01")
        traveller.shift(timedelta(milliseconds=1))
        taken_out(alice, "5000")
    assert error.value.code == "daily_limit"
    assert cash_of(alice) == Decimal(10_000)


def test_a_refused_deposit_does_not_count_against_the_limit() -> None:
    alice = an_account()
    with pytest.raises(Refused):
        paid_in(alice, "10000.01")
    paid_in(alice, "10000")
    assert cash_of(alice) == Decimal(20_000)


def test_an_account_for_a_real_book_has_no_daily_limit() -> None:
    alice = an_account(account="empty")
    paid_in(alice, "250000")
    taken_out(alice, "100000")
    assert cash_of(alice) == Decimal(150_000)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "-Infinity", "1e400", "1e13"])
def test_an_amount_out_of_bounds_is_an_error_of_the_field(amount: str) -> None:
    alice = an_account()
    for move in (paid_in, taken_out):
        with pytest.raises(InvalidInput) as error:
            move(alice, amount)
        assert list(error.value.errors) == ["amount"]


def test_a_description_is_at_most_500_characters() -> None:
    alice = an_account()
    assert paid_in(alice, "1", f"  {'x' * 500}  ").description == "x" * 500
    with pytest.raises(InvalidInput) as error:
        paid_in(alice, "1", "x" * 501)
    assert list(error.value.errors) == ["description"]


def test_rows_of_one_millisecond_keep_their_order() -> None:
    with time_machine.travel(LATE, tick=False):
        alice = an_account()
        for number in range(1, 21):
            paid_in(alice, str(number))
    rows = selectors.ledger_all("alice")
    assert [row.amount for row in rows] == [*range(20, 0, -1), 10_000]
    assert [row.created_at for row in rows] == sorted((row.created_at for row in rows), reverse=True)
    check_adds_up(alice)
