"""Past trades recorded by hand, in any order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core import clock
from core.accounts.domain import User
from core.errors import InvalidInput, Refused
from core.storage import measured
from portfolio import selectors
from tests.portfolio.builders import (
    a_coin,
    a_withdrawn_coin,
    an_account,
    bought,
    cash_of,
    check_adds_up,
    quantity_of,
    recorded,
    sold,
)

JANUARY = datetime(2025, 1, 10, tzinfo=UTC)
FEBRUARY = datetime(2025, 2, 10, tzinfo=UTC)
MARCH = datetime(2025, 3, 10, tzinfo=UTC)


@pytest.fixture
def alice() -> User:
    """An empty account, and a coin at 100."""
    a_coin()
    return an_account(account="empty")


def test_a_purchase_paid_from_outside_leaves_the_cash_and_counts_as_put_in(alice: User) -> None:
    with measured() as usage:
        recorded(alice, "buy", "2", "80", JANUARY, fee="1.50")
    view = selectors.portfolio_of(alice)
    assert usage.requests == 2
    assert (view.cash.balance, view.totals.net_deposits) == (Decimal(0), Decimal("161.50"))
    assert (view.totals.value, view.totals.profit) == (Decimal(200), Decimal("38.50"))
    assert [(row.transaction_type, row.change) for row in selectors.ledger_all("alice")] == [
        ("ORDER_FEE", Decimal("-1.50")),
        ("ORDER_PAYMENT", Decimal(-160)),
        ("SYSTEM_ADJUSTMENT", Decimal("161.50")),
    ]
    check_adds_up(alice)


def test_a_sale_paid_out_to_outside_counts_as_taken_out(alice: User) -> None:
    recorded(alice, "buy", "2", "80", JANUARY)
    recorded(alice, "sell", "2", "90", FEBRUARY, fee="1")
    view = selectors.portfolio_of(alice)
    assert (view.cash.balance, view.totals.net_deposits) == (Decimal(0), Decimal("-19"))
    assert (view.totals.realized, view.totals.profit) == (Decimal(19), Decimal(19))
    check_adds_up(alice)


def test_a_trade_settled_in_the_account_moves_its_cash(alice: User) -> None:
    recorded(alice, "buy", "2", "80", JANUARY)
    recorded(alice, "sell", "1", "90", FEBRUARY, settlement="account")
    assert cash_of(alice) == Decimal(90)
    recorded(alice, "buy", "1", "85", MARCH, settlement="account")
    assert cash_of(alice) == Decimal(5)
    with pytest.raises(Refused) as error:
        recorded(alice, "buy", "1", "85", MARCH, settlement="account")
    assert error.value.code == "insufficient_funds"
    check_adds_up(alice)


def test_ledger_rows_are_booked_now_and_count_for_the_time_of_the_trade(alice: User) -> None:
    before = clock.now()
    recorded(alice, "buy", "1", "80", JANUARY)
    for row in selectors.ledger_all("alice"):
        assert row.effective_at == JANUARY
        assert row.created_at >= before - timedelta(milliseconds=1)


def test_an_earlier_purchase_changes_the_cost_of_a_later_sale(alice: User) -> None:
    recorded(alice, "buy", "1", "80", FEBRUARY)
    recorded(alice, "sell", "1", "100", MARCH)
    assert selectors.portfolio_of(alice).totals.realized == Decimal(20)
    with measured() as usage:
        recorded(alice, "buy", "1", "40", JANUARY)
    view = selectors.portfolio_of(alice)
    assert usage.requests == 3
    assert view.totals.realized == Decimal(40)
    assert view.holdings[0].average_cost == Decimal(60)
    check_adds_up(alice)


@pytest.mark.every_backend
def test_a_late_trade_among_many_and_an_order_after_it(alice: User) -> None:
    for month in (1, 3, 5, 7):
        recorded(alice, "buy", "1.5", str(80 + month), datetime(2025, month, 1, tzinfo=UTC))
    recorded(alice, "sell", "2", "95", datetime(2025, 4, 1, tzinfo=UTC))
    sold(alice, quantity="0.5")
    recorded(alice, "sell", "1", "90", datetime(2025, 2, 1, tzinfo=UTC))
    assert quantity_of(alice) == Decimal("2.5")
    check_adds_up(alice)


def test_a_sale_of_what_was_not_yet_held_is_refused_and_names_the_day(alice: User) -> None:
    recorded(alice, "buy", "1", "80", FEBRUARY)
    with pytest.raises(Refused, match="10 January 2025") as error:
        recorded(alice, "sell", "1", "80", JANUARY)
    assert error.value.code == "insufficient_holdings"
    assert quantity_of(alice) == Decimal(1)
    check_adds_up(alice)


def test_a_late_sale_that_a_later_one_would_lack_is_refused(alice: User) -> None:
    recorded(alice, "buy", "1", "80", JANUARY)
    recorded(alice, "sell", "1", "90", MARCH)
    with pytest.raises(Refused, match="On 10 March 2025"):
        recorded(alice, "sell", "0.5", "85", FEBRUARY)
    check_adds_up(alice)


def test_two_trades_of_one_moment_both_survive(alice: User) -> None:
    recorded(alice, "buy", "1", "80", JANUARY)
    recorded(alice, "buy", "1", "80", JANUARY)
    assert quantity_of(alice) == Decimal(2)
    assert len(selectors.trades_all("alice")) == 2
    check_adds_up(alice)


def test_trades_of_another_asset_do_not_disturb(alice: User) -> None:
    a_coin("ethereum", "50")
    recorded(alice, "buy", "1", "80", FEBRUARY)
    recorded(alice, "buy", "4", "40", MARCH, asset_id="ethereum")
    recorded(alice, "buy", "1", "60", JANUARY)
    assert (quantity_of(alice), quantity_of(alice, "ethereum")) == (Decimal(2), Decimal(4))
    check_adds_up(alice)


def test_an_asset_that_can_no_longer_be_bought_may_have_been_bought(alice: User) -> None:
    a_withdrawn_coin("dogecoin")
    recorded(alice, "buy", "100", "0.10", JANUARY, asset_id="dogecoin")
    assert quantity_of(alice, "dogecoin") == Decimal(100)


def test_a_practice_account_records_past_trades_too() -> None:
    a_coin()
    alice = an_account()
    recorded(alice, "buy", "1", "80", JANUARY, settlement="account")
    bought(alice, quantity="1")
    assert cash_of(alice) == Decimal(9820)
    check_adds_up(alice)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("timestamp", {"at": datetime(2025, 1, 1)}),  # noqa: DTZ001
        ("timestamp", {"at": clock.now() + timedelta(days=1)}),
        ("timestamp", {"at": datetime(1969, 12, 31, tzinfo=UTC)}),
        ("side", {"side": "short"}),
        ("quantity", {"quantity": "0"}),
        ("quantity", {"quantity": "NaN"}),
        ("quantity", {"quantity": "0.000000001"}),
        ("quantity", {"quantity": "0.00000001"}),
        ("quantity", {"quantity": "1e14", "price": "1e6"}),
        ("price", {"price": "0"}),
        ("price", {"price": "-1"}),
        ("price", {"price": "1e400"}),
        ("price", {"price": "0.000000001"}),
        ("fee", {"fee": "-0.01"}),
        ("fee", {"fee": "0.001"}),
        ("fee", {"side": "sell", "fee": "81"}),
        ("asset_id", {"asset_id": "nothing"}),
        ("settlement", {"settlement": "elsewhere"}),
    ],
)
def test_what_is_wrong_is_named_by_its_field(alice: User, field: str, changes: dict[str, object]) -> None:
    trade: dict[str, object] = {"side": "buy", "quantity": "1", "price": "80", "at": JANUARY}
    with pytest.raises(InvalidInput) as error:
        recorded(alice, **{**trade, **changes})  # type: ignore[arg-type]
    assert list(error.value.errors) == [field]
    assert selectors.trades_all("alice") == []
