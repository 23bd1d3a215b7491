"""Accounts, prices and trades for tests, made through the product's own services."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from core import clock
from core.accounts.domain import Account, User
from core.ids import new_id
from core.storage import Update, store
from market.domain import Asset
from market.tables import ASSETS
from portfolio import selectors, services
from portfolio.domain.cash import LedgerEntry
from portfolio.domain.cost_basis import average_cost
from portfolio.domain.fills import Fill, Side
from portfolio.domain.holdings import replay
from portfolio.domain.movements import MovementDraft
from portfolio.domain.orders import Order, OrderDraft
from portfolio.domain.trades import Trade, TradeDraft
from tests.market.builders import an_asset


def an_id() -> str:
    """A client's new id."""
    return new_id()


def an_account(username: str = "alice", account: Account = "practice") -> User:
    """A user with the cash that such an account opens with; without a row of its own among the users."""
    user = User(username=username, email=f"{username}@example.com", account=account)
    store().transact_write(services.opening_writes(user))
    return user


def a_coin(asset_id: str = "bitcoin", price: str = "100", *, age: timedelta = timedelta(0)) -> Asset:
    """An asset of the catalogue with a price of so long ago."""
    return an_asset(asset_id, price=price, at=clock.now() - age)


def a_withdrawn_coin(asset_id: str = "dogecoin", price: str = "0.20") -> Asset:
    """An asset that can no longer be bought."""
    a_coin(asset_id, price)
    store().update(ASSETS, {"asset_id": asset_id}, Update(set={"active": False}))
    return an_asset(asset_id)


def an_order(
    side: Side = "buy", asset_id: str = "bitcoin", *, quantity: str | None = None, amount: str | None = None
) -> OrderDraft:
    """What is asked for by quantity or by amount."""
    return OrderDraft(
        side,
        asset_id,
        quantity=None if quantity is None else Decimal(quantity),
        amount=None if amount is None else Decimal(amount),
    )


def filled(order: Order) -> Fill:
    """How an order was filled."""
    assert order.fill is not None
    return order.fill


def bought(user: User, asset_id: str = "bitcoin", **size: str) -> Order:
    """A purchase of `quantity=` or `amount=`."""
    return _ordered(user, "buy", asset_id, size)


def sold(user: User, asset_id: str = "bitcoin", **size: str) -> Order:
    """A sale of `quantity=` or `amount=`."""
    return _ordered(user, "sell", asset_id, size)


def recorded(
    user: User,
    side: Side,
    quantity: str,
    price: str,
    at: datetime,
    *,
    asset_id: str = "bitcoin",
    fee: str = "0",
    **more: Any,
) -> Trade:
    """A past trade."""
    return services.trade_record(
        user,
        trade_id=more.pop("trade_id", None) or an_id(),
        draft=TradeDraft(at, side, asset_id, Decimal(quantity), Decimal(price), Decimal(fee), **more),
    )


def paid_in(user: User, amount: str, description: str = "", *, client_id: str = "") -> LedgerEntry:
    """A deposit."""
    return services.deposit(user, client_id=client_id or an_id(), draft=MovementDraft(Decimal(amount), description))


def taken_out(user: User, amount: str, description: str = "", *, client_id: str = "") -> LedgerEntry:
    """A withdrawal."""
    return services.withdraw(user, client_id=client_id or an_id(), draft=MovementDraft(Decimal(amount), description))


def cash_of(user: User) -> Decimal:
    """The balance."""
    return selectors.portfolio_of(user).cash.balance


def quantity_of(user: User, asset_id: str = "bitcoin") -> Decimal:
    """How much of an asset is held."""
    return sum(
        (each.quantity for each in selectors.portfolio_of(user).holdings if each.asset.asset_id == asset_id), Decimal(0)
    )


def check_adds_up(user: User) -> None:
    """The ledger adds up to the cash row by row, and the holdings are what the trades make them."""
    ledger = selectors.ledger_all(user.username)[::-1]
    balance = Decimal(0)
    for entry in ledger:
        assert entry.previous_balance == balance
        assert abs(entry.change) == entry.amount
        assert entry.new_balance >= 0
        balance = entry.new_balance
    view = selectors.portfolio_of(user)
    assert view.cash.balance == balance
    put_in = ("DEPOSIT", "WITHDRAW", "SYSTEM_ADJUSTMENT")
    assert view.totals.net_deposits == sum(
        (entry.change for entry in ledger if entry.transaction_type in put_in), Decimal(0)
    )
    by_asset: dict[str, list[Trade]] = {}
    for trade in selectors.trades_all(user.username):
        by_asset.setdefault(trade.asset_id, []).append(trade)
    histories = {asset_id: replay(trades) for asset_id, trades in by_asset.items()}
    assert {each.asset.asset_id: each.quantity for each in view.holdings} == {
        asset_id: history.pool.quantity for asset_id, history in histories.items() if history.pool.quantity
    }
    for each in view.holdings:
        assert each.average_cost == average_cost(histories[each.asset.asset_id].pool)
    gains = [gain.realized for history in histories.values() for gain in history.gains.values()]
    assert view.totals.realized == sum(gains, Decimal(0)).quantize(Decimal("0.01"), "ROUND_HALF_UP")


def _ordered(user: User, side: Side, asset_id: str, size: dict[str, str]) -> Order:
    return services.order_place(user, order_id=an_id(), draft=an_order(side, asset_id, **size))
