"""Net worth day by day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from market.domain import Asset
from portfolio.domain.cash import EntryType, LedgerEntry, opened
from portfolio.domain.fills import Fill, Side
from portfolio.domain.trades import Trade
from portfolio.domain.worth import value_history

FIRST = date(2026, 11, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(4)]


def an_asset(*closes: str | None, asset_id: str = "bitcoin") -> Asset:
    """One close for each day from the first; None leaves the day out."""
    known = tuple((day, Decimal(close)) for day, close in zip(DAYS, closes, strict=False) if close is not None)
    return Asset(asset_id, "BTC", "Bitcoin", daily_closes=known)


def a_trade(side: Side, quantity: str, at: datetime, asset_id: str = "bitcoin") -> Trade:
    fill = Fill(side, Decimal(quantity), Decimal(1), Decimal(quantity), Decimal(0))
    return Trade("alice", "1", at, asset_id, "BTC", fill, None, "account", at)


def a_deposit(amount: str, at: datetime) -> LedgerEntry:
    booked = opened("alice", at).booked(EntryType.DEPOSIT, Decimal(amount), at=at, source_id="1", description="")
    return booked[1]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def values(transactions: list[Trade], ledger: list[LedgerEntry], assets: list[Asset]) -> list[Decimal | None]:
    by_id = {asset.asset_id: asset for asset in assets}
    return [each.value for each in value_history(transactions, ledger, by_id, DAYS)]


def test_cash_and_holdings_count_from_their_day() -> None:
    found = values(
        [a_trade("buy", "2", noon(DAYS[1])), a_trade("sell", "1", noon(DAYS[3]))],
        [a_deposit("100", noon(DAYS[0]))],
        [an_asset("10", "20", "30", "40")],
    )
    assert found == [Decimal(100), Decimal(140), Decimal(160), Decimal(140)]


def test_a_day_without_a_close_takes_the_last_one_before() -> None:
    found = values([a_trade("buy", "1", noon(DAYS[0]))], [], [an_asset("10", None, None, "40")])
    assert found == [Decimal(10), Decimal(10), Decimal(10), Decimal(40)]


def test_a_day_before_the_first_close_is_not_known() -> None:
    found = values([a_trade("buy", "1", noon(DAYS[0]))], [a_deposit("5", noon(DAYS[0]))], [an_asset(None, "20")])
    assert found == [None, Decimal(25), Decimal(25), Decimal(25)]


def test_midnight_utc_belongs_to_the_new_day() -> None:
    midnight = datetime(2026, 11, 2, tzinfo=UTC)
    found = values([], [a_deposit("7", midnight), a_deposit("1", midnight - timedelta(milliseconds=1))], [])
    assert found == [Decimal(1), Decimal(8), Decimal(8), Decimal(8)]


def test_an_asset_sold_whole_needs_no_price() -> None:
    trades = [a_trade("buy", "1", noon(DAYS[0])), a_trade("sell", "1", noon(DAYS[0]) + timedelta(hours=1))]
    assert values(trades, [], [an_asset()]) == [0, 0, 0, 0]
