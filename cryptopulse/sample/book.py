"""The sample's book of trades, and its alerts.

Trades lie a fixed number of days back at the close of their day, so that the figures agree with the market shown, and
are of fixed sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Literal

from alerts import services as alerts
from alerts.domain.conditions import PriceCondition, PriceType
from alerts.domain.terms import AlertDraft, Frequency, Terms
from core import ids, money
from core.accounts.domain import User
from core.errors import Refused
from market.selectors import Asset, assets_by_id
from market.triggers.crossing import Operator
from portfolio import services as portfolio
from portfolio.selectors import MovementDraft, OrderDraft, TradeDraft

MIDDAY = time(12, tzinfo=UTC)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Trade:
    """A past trade: `days_back` days ago, for about this sum of money at that day's close."""

    days_back: int
    side: Literal["buy", "sell"]
    asset_id: str
    money: int
    settlement: Literal["account", "outside"] = "outside"


@dataclass(frozen=True, slots=True)
class Level:
    """An alert at a distance from the latest price, in percent."""

    asset_id: str
    operator: Operator
    percent_away: Decimal
    name: str
    price_type: PriceType = PriceType.CLOSE
    frequency: Frequency = Frequency.ONCE


TRADES = (
    Trade(86, "buy", "bitcoin", 4000),
    Trade(79, "buy", "ethereum", 2400),
    Trade(71, "buy", "solana", 900),
    Trade(64, "buy", "AAPL", 1200),
    Trade(58, "buy", "bitcoin", 1500),
    Trade(50, "sell", "solana", 300, "account"),
    Trade(43, "buy", "chainlink", 800),
    Trade(36, "sell", "ethereum", 700, "account"),
    Trade(29, "buy", "cardano", 400, "account"),
    Trade(22, "buy", "dogecoin", 250, "account"),
    Trade(15, "buy", "SPY", 900),
    Trade(8, "sell", "chainlink", 350, "account"),
)
DEPOSIT = Decimal(1500)
ORDER = ("bitcoin", Decimal(500))
LEVELS = (
    Level("bitcoin", Operator.ABOVE, Decimal(-2), "Breakout"),
    Level("bitcoin", Operator.BELOW, Decimal(-6), "Buy the dip"),
    Level("ethereum", Operator.AT_OR_ABOVE, Decimal(8), "Take profit"),
    Level("solana", Operator.BELOW, Decimal(-9), "", PriceType.LOW, Frequency.EVERY),
    Level("dogecoin", Operator.ABOVE, Decimal(15), "Spike", PriceType.HIGH),
)


def priced_assets() -> Mapping[str, Asset]:
    """The assets of the book that have a price, by id; 1 request. Raises Refused `no_prices` where none has."""
    wanted = {trade.asset_id for trade in TRADES} | {level.asset_id for level in LEVELS}
    assets = {key: asset for key, asset in assets_by_id(wanted).items() if asset.price is not None}
    if not assets:
        raise Refused("no_prices", "The market has no prices yet. Try again in a few seconds.")
    return assets


def fill_book(user: User, assets: Mapping[str, Asset]) -> None:
    """Trades, a deposit, an order and alerts."""
    for trade in TRADES:
        _record(user, trade, assets)
    portfolio.deposit(user, client_id=ids.new_id(), draft=MovementDraft(DEPOSIT, "Savings"))
    _order(user)
    for level in LEVELS:
        _set(user, level, assets)


def _record(user: User, trade: Trade, assets: Mapping[str, Asset]) -> None:
    """Record the trade; one whose asset has no close that far back is left out."""
    asset = assets.get(trade.asset_id)
    if asset is None or len(asset.daily_closes) <= trade.days_back:
        return
    day, close = asset.daily_closes[-1 - trade.days_back]
    portfolio.trade_record(
        user,
        trade_id=ids.new_id(),
        draft=TradeDraft(
            timestamp=datetime.combine(day, MIDDAY),
            side=trade.side,
            asset_id=trade.asset_id,
            quantity=money.down_to_quantum(trade.money / close),
            price=close,
            settlement=trade.settlement,
        ),
    )


def _order(user: User) -> None:
    """Place one market order; a market that has no fresh price to fill it at goes without."""
    asset_id, amount = ORDER
    try:
        portfolio.order_place(user, order_id=ids.new_id(), draft=OrderDraft("buy", asset_id, amount=amount))
    except Refused as refusal:
        if refusal.code != "price_stale":
            raise


def _set(user: User, level: Level, assets: Mapping[str, Asset]) -> None:
    """Set the alert; one that holds already fires at once, so that the history has something to show."""
    asset = assets.get(level.asset_id)
    if asset is None or asset.price is None:
        return
    threshold = asset.price * (1 + level.percent_away / HUNDRED)
    terms = Terms(
        condition=PriceCondition(level.operator, _rounded(threshold), level.price_type),
        frequency=level.frequency,
        name=level.name,
        fire_if_true=True,
    )
    alerts.alert_create(user, alert_id=ids.new_id(), draft=AlertDraft(level.asset_id, terms))


def _rounded(price: Decimal) -> Decimal:
    """Three significant digits, as a person would choose a level."""
    return Decimal(money.plain(price.quantize(Decimal(1).scaleb(price.adjusted() - 2))))
