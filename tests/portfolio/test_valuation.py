"""What an account is worth, by prices that are there, old or missing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.storage import measured
from market.domain import Asset
from portfolio import selectors
from portfolio.domain.allocation import allocation, extremes
from portfolio.domain.cash import opened
from portfolio.domain.holdings import Holding
from portfolio.domain.valuation import PortfolioView, valued
from tests.market.builders import an_asset
from tests.portfolio.builders import a_coin, an_account, bought, recorded, sold

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_holding(asset_id: str, quantity: str, cost: str, realized: str = "0") -> Holding:
    return Holding("alice", asset_id, Decimal(quantity), Decimal(0), Decimal(cost), Decimal(realized), "", 1, NOW)


def an_asset_at(asset_id: str, price: str | None, *, age: timedelta = timedelta(0)) -> Asset:
    symbol = asset_id[:3].upper()
    if price is None:
        return Asset(asset_id, symbol, asset_id.title())
    return Asset(asset_id, symbol, asset_id.title(), price=Decimal(price), price_at=NOW - age)


def a_view(cash: str, put_in: str, holdings: list[Holding], assets: list[Asset]) -> PortfolioView:
    balance = replace(opened("alice", NOW), available=Decimal(cash), total_deposits=Decimal(put_in))
    return valued(balance, holdings, {asset.asset_id: asset for asset in assets}, currency="usd", now=NOW)


def test_value_profit_and_shares() -> None:
    view = a_view(
        "200",
        "1000",
        [a_holding("bitcoin", "0.5", "500"), a_holding("ethereum", "3", "333.333")],
        [an_asset_at("bitcoin", "1400.019"), an_asset_at("ethereum", "100")],
    )
    bitcoin, ethereum = view.holdings
    assert (bitcoin.value, bitcoin.unrealized, bitcoin.unrealized_percent, bitcoin.share) == (
        Decimal("700.00"),
        Decimal("200.00"),
        Decimal("40.00"),
        Decimal("58.33"),
    )
    assert (ethereum.average_cost, ethereum.cost, ethereum.unrealized) == (
        Decimal("111.111"),
        Decimal("333.33"),
        Decimal("-33.33"),
    )
    assert (view.totals.value, view.totals.profit, view.totals.profit_percent) == (
        Decimal(1200),
        Decimal(200),
        Decimal("20.00"),
    )
    assert (view.holdings_value, view.unrealized, view.totals.invested) == (
        Decimal(1000),
        Decimal("166.67"),
        Decimal("833.33"),
    )


def test_a_missing_price_is_not_zero() -> None:
    view = a_view(
        "10",
        "100",
        [a_holding("bitcoin", "1", "50"), a_holding("solana", "1", "40")],
        [an_asset_at("bitcoin", "60"), an_asset_at("solana", None)],
    )
    solana = view.holdings[1]
    assert (solana.price, solana.value, solana.unrealized, solana.share) == (None, None, None, None)
    assert solana.stale
    assert not view.totals.complete
    assert view.totals.value == Decimal(70)


def test_an_old_price_is_marked_and_counts() -> None:
    view = a_view(
        "0", "50", [a_holding("bitcoin", "1", "50")], [an_asset_at("bitcoin", "60", age=timedelta(minutes=30))]
    )
    assert view.holdings[0].stale
    assert (view.totals.value, view.totals.complete) == (Decimal(60), True)
    assert view.prices_at == NOW - timedelta(minutes=30)


def test_the_age_of_a_replayed_price_is_told_on_the_walls_clock() -> None:
    replayed = replace(an_asset_at("bitcoin", "60", age=timedelta(days=300, seconds=4)), clock_offset_ms=25_920_000_000)
    view = a_view("0", "50", [a_holding("bitcoin", "1", "50")], [replayed])
    assert view.prices_at == NOW - timedelta(seconds=4)


def test_profit_in_percent_needs_money_put_in() -> None:
    assert a_view("10", "0", [], []).totals.profit_percent is None


def test_what_was_sold_counts_only_in_the_realized_gain() -> None:
    view = a_view("10", "5", [a_holding("bitcoin", "0", "0", realized="5.005")], [an_asset_at("bitcoin", "60")])
    assert (view.holdings, view.totals.realized) == ((), Decimal("5.01"))


def test_the_allocation_is_the_largest_five_the_others_and_cash() -> None:
    names = ["bitcoin", "ethereum", "solana", "cardano", "tron", "dogecoin", "stellar"]
    view = a_view(
        "100", "0", [a_holding(name, "1", "1") for name in names], [an_asset_at(name, "100") for name in names]
    )
    slices = allocation(view)
    assert [each.share for each in slices] == [Decimal("12.50")] * 5 + [Decimal("25.00"), Decimal("12.50")]
    assert [each.label for each in slices[5:]] == ["Others", "Cash"]
    assert [each.start for each in slices[:3]] == [0, Decimal("12.50"), Decimal("25.00")]


def test_an_account_without_value_has_no_allocation() -> None:
    assert allocation(a_view("0", "0", [], [])) == ()


def test_best_and_worst_need_two_to_compare() -> None:
    one = a_view("0", "0", [a_holding("bitcoin", "1", "50")], [an_asset_at("bitcoin", "60")])
    two = a_view(
        "0",
        "0",
        [a_holding("bitcoin", "1", "50"), a_holding("ethereum", "1", "50")],
        [an_asset_at("bitcoin", "40"), an_asset_at("ethereum", "60")],
    )
    assert extremes(one) is None
    found = extremes(two)
    assert found is not None
    assert [each.asset.asset_id for each in found] == ["ethereum", "bitcoin"]


def test_the_whole_account_is_two_requests_and_one_before_the_first_trade() -> None:
    alice = an_account()
    a_coin()
    a_coin("ethereum", "10")
    with measured() as untouched:
        selectors.portfolio_of(alice)
    bought(alice, quantity="1")
    bought(alice, "ethereum", quantity="5")
    sold(alice, "ethereum", quantity="5")
    with measured() as usage:
        view = selectors.portfolio_of(alice)
    assert (untouched.requests, usage.requests) == (1, 2)
    assert [each.asset.asset_id for each in view.holdings] == ["bitcoin"]


def test_a_holding_whose_asset_lost_its_price_shows() -> None:
    an_asset("solana")
    alice = an_account(account="empty")
    recorded(alice, "buy", "2", "30", NOW - timedelta(days=300), asset_id="solana")
    view = selectors.portfolio_of(alice)
    assert (view.holdings[0].value, view.holdings[0].cost) == (None, Decimal(60))
