"""The net-worth curve and today's change, to the cent, without what was paid in meanwhile."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from core import clock, ids
from core.accounts.domain import User
from portfolio.domain.worth import Change, Worth, worth_of
from portfolio.selectors import ledger_all, portfolio_of, trades_all
from tests.pages.builders import a_market_with_a_past
from tests.portfolio.builders import an_account, bought, paid_in, recorded, taken_out

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def market() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        a_market_with_a_past("bitcoin", "ethereum")
        yield traveller


def worth(user: User, days: int = 90) -> Worth:
    view = portfolio_of(user)
    return worth_of(view, trades_all(user.username), ledger_all(user.username), days=days, now=clock.now())


def test_a_new_account_has_no_curve_and_gained_nothing() -> None:
    result = worth(an_account())
    assert not result.is_curve
    assert result.values == [Decimal(10000)]
    assert result.today == Change(Decimal(0), Decimal(0))


def test_an_empty_account_has_no_percentage() -> None:
    assert worth(an_account(account="empty")).today == Change(Decimal(0), None)


def test_the_curve_follows_each_days_close_and_ends_with_now() -> None:
    user = an_account(account="empty")
    recorded(user, "buy", "2", "185", NOON - timedelta(days=3))
    result = worth(user)
    assert [(each.day, each.value) for each in result.days] == [
        (date(2026, 11, 17), Decimal(374)),
        (date(2026, 11, 18), Decimal(376)),
        (date(2026, 11, 19), Decimal(378)),
        (date(2026, 11, 20), Decimal(380)),
    ]
    assert result.paid_in == [Decimal(370)] * 4


def test_today_is_the_change_since_the_last_close() -> None:
    user = an_account(account="empty")
    recorded(user, "buy", "2", "185", NOON - timedelta(days=3))
    today = worth(user).today
    assert today is not None
    assert today.amount == Decimal(2)
    assert today.percent is not None
    assert today.percent.quantize(Decimal("0.0001")) == Decimal("0.5291")


def test_paying_in_and_taking_out_is_no_gain() -> None:
    user = an_account(account="empty")
    recorded(user, "buy", "2", "185", NOON - timedelta(days=3))
    paid_in(user, "500", client_id=ids.derived_id(NOON, "deposit"))
    taken_out(user, "120", client_id=ids.derived_id(NOON, "withdrawal"))
    today = worth(user).today
    assert today is not None
    assert today.amount == Decimal(2)


def test_an_asset_sold_since_still_counts_for_the_days_it_was_held() -> None:
    user = an_account(account="empty")
    recorded(user, "buy", "1", "185", NOON - timedelta(days=4), asset_id="ethereum")
    recorded(user, "sell", "1", "188", NOON - timedelta(days=1), asset_id="ethereum")
    assert worth(user).values == [Decimal(186), Decimal(187), Decimal(188), Decimal(0), Decimal(0)]


def test_a_range_shows_so_many_days_back() -> None:
    user = an_account(account="empty")
    recorded(user, "buy", "1", "150", NOON - timedelta(days=60))
    assert len(worth(user, days=7).days) == 8
    assert len(worth(user, days=90).days) == 61


def test_the_day_changes_at_midnight_utc(market: time_machine.Traveller) -> None:
    user = an_account()
    bought(user, amount="950")
    market.move_to(datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC))
    assert not worth(user).is_curve
    market.move_to(datetime(2026, 11, 21, 0, 0, 1, tzinfo=UTC))
    result = worth(user)
    assert [each.day for each in result.days] == [date(2026, 11, 20), date(2026, 11, 21)]
    assert result.today == Change(Decimal(0), Decimal(0))
