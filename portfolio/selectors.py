"""Reads of the portfolio, for its own pages and for other apps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from core import clock
from core.accounts.domain import User
from core.clock import FIRST_DAY
from core.errors import NotFound
from core.money import ZERO
from core.reading import Rows, every, read_page, read_page_backwards, required
from core.storage import Key, store
from market.selectors import assets_by_id, assets_listed
from portfolio.account_settings import method_of
from portfolio.domain.cash import EntryType, LedgerEntry, opened
from portfolio.domain.cost_basis import AVERAGE
from portfolio.domain.holdings import Gain, Holding, by_method, replay
from portfolio.domain.movements import MovementDraft
from portfolio.domain.orders import Order, OrderDraft
from portfolio.domain.quoted import Quoted
from portfolio.domain.trades import Trade, TradeDraft
from portfolio.domain.valuation import Cash, HoldingView, PortfolioView, valued
from portfolio.domain.worth import DEFAULT_RANGE, RANGES, Worth, worth_of
from portfolio.repositories import cash, holdings, orders, trades
from portfolio.repositories.claims import Kind, claim_address, reference_of

__all__ = [
    "DEFAULT_RANGE",
    "RANGES",
    "EntryType",
    "Holder",
    "HoldingView",
    "LedgerEntry",
    "MovementDraft",
    "Order",
    "OrderDraft",
    "PortfolioView",
    "Rows",
    "Trade",
    "TradeDraft",
    "Worth",
    "cash_of",
    "gain_of",
    "holders_of",
    "ledger_all",
    "ledger_of",
    "means_of",
    "movement_get",
    "net_worth",
    "order_get",
    "orders_newest",
    "portfolio_of",
    "recorded_trade_get",
    "trades_all",
    "trades_counted",
    "trades_of",
    "trades_of_asset",
    "trades_of_everyone",
]

MOST_IN_A_BATCH = 100
LONGEST_ID = 36
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Means:
    """What an order could spend: money, and units of one asset."""

    cash: Cash
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an asset: since when it was ever held, and the last trade of it."""

    username: str
    since: datetime
    last_trade_at: datetime | None


def portfolio_of(user: User) -> PortfolioView:
    """The account at the latest prices: 2 requests, 1 where nothing was ever traded.

    By a method of cost basis other than the average cost, the trades are read too; one request for each 1 MB.
    """
    now = clock.now()
    items = list(every(holdings.portfolio_query(user.username)))
    balance = next((cash.balance_from_item(each) for each in items if holdings.is_balance(each)), None)
    rows = [holdings.holding_from_item(each) for each in items if not holdings.is_balance(each)]
    method = method_of(user)
    if rows and method is not AVERAGE:
        rows = by_method(rows, trades_all(user.username), method)
    return valued(balance or opened(user.username, now), rows, _assets_of(rows), currency=user.currency, now=now)


def net_worth(view: PortfolioView, username: str, *, days: int, now: datetime) -> Worth:
    """Net worth from that many days ago until now, from all trades and ledger rows; 2 requests, one for each 1 MB."""
    return worth_of(view, trades_all(username), ledger_all(username), days=days, now=now)


def cash_of(username: str) -> Cash:
    """The money of an account."""
    return means_of(username, None).cash


def means_of(username: str, asset_id: str | None) -> Means:
    """What an order could spend: the money, and where an asset is named what is held of it; one request."""
    gets = [cash.balance_address(username)]
    if asset_id is not None:
        gets.append(holdings.holding_address(username, asset_id))
    balance_item, *holding_items = store().batch_get(gets, consistent=True)
    balance = cash.balance_from_item(balance_item) if balance_item else opened(username, clock.now())
    quantity = sum((holdings.holding_from_item(item).available for item in holding_items if item), ZERO)
    return Means(Cash(balance.current_balance, balance.held, balance.available), quantity)


def order_get(username: str, order_id: str) -> Order:
    """One order. Raises NotFound for one that is not there or not this user's."""
    if len(order_id) > LONGEST_ID:
        raise NotFound("This order")
    return required(orders.order_address(username, order_id), orders.order_from_item, "This order")


def gain_of(user: User, order: Order) -> Gain | None:
    """What a sale brought by the user's method, from all trades of the asset as recorded by now; None otherwise."""
    if order.side == "buy":
        return None
    history = replay(trades_of_asset(order.username, order.asset_id), method_of(user))
    return history.gains.get(order.order_id)


def orders_newest(username: str, limit: int, cursor: Key | None = None, *, asset_id: str | None = None) -> Rows[Order]:
    """Orders, newest first; of one asset, where given."""
    query = orders.orders_query(username, asset_id=asset_id)
    return read_page(query, orders.order_from_item, limit=limit, cursor=cursor)


def trades_of(
    username: str,
    limit: int,
    cursor: Key | None = None,
    *,
    asset_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Rows[Trade]:
    """Trades, newest first, from the start of one UTC day to the end of another."""
    query = trades.trades_query(username, asset_id=asset_id, since=since, until=until)
    return read_page(query, trades.trade_from_item, limit=limit, cursor=cursor)


def trades_all(username: str) -> list[Trade]:
    """All trades, newest first; one request for each 1 MB."""
    return [trades.trade_from_item(item) for item in every(trades.trades_query(username))]


def trades_of_asset(username: str, asset_id: str) -> list[Trade]:
    """All trades of one asset, oldest first: what a pool is recomputed from; 1 consistent request for each 1 MB."""
    return [trades.trade_from_item(item) for item in every(trades.asset_trades_query(username, asset_id))]


def trades_of_everyone(limit: int, cursor: Key | None = None, *, until: date | None = None) -> Rows[Trade]:
    """Trades of all users, newest first, from the end of the UTC day `until`, by default today, backwards.

    One request for each day read, at most 5: a page may be short and still have a cursor.
    """
    return read_page_backwards(
        trades.day_query,
        trades.trade_from_item,
        first=(until or clock.now().date()).isoformat(),
        earlier=_day_before,
        limit=limit,
        cursor=cursor,
    )


def trades_counted(day: date) -> tuple[int, bool]:
    """How many trades all users made on a UTC day, and whether counting stopped at 1,000; 1 request."""
    page = store().query(trades.day_query(day.isoformat(), limit=MOST_COUNTED))
    return len(page.items), page.cursor is not None


def holders_of(asset_id: str, limit: int, cursor: Key | None = None) -> Rows[Holder]:
    """Who holds an asset, by name; never how much.

    One request where all still hold it, else at most 5; a page may be short and still have a cursor.
    """
    rows = read_page(holdings.holders_query(asset_id), holdings.holding_from_item, limit=limit, cursor=cursor)
    holders = (Holder(each.username, each.created_at, each.last_trade_at) for each in rows.items)
    return Rows(tuple(holders), rows.cursor)


def ledger_of(
    username: str,
    limit: int,
    cursor: Key | None = None,
    *,
    kind: EntryType | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Rows[LedgerEntry]:
    """Ledger rows, newest first, booked from the start of one UTC day to the end of another.

    Of one kind: at most 5 requests fill a page, which may be short and still have a cursor.
    """
    query = cash.ledger_query(username, kind=kind, since=since, until=until)
    return read_page(query, cash.entry_from_item, limit=limit, cursor=cursor)


def movement_get(username: str, client_id: str) -> LedgerEntry:
    """The deposit or withdrawal booked under this id of the client. Raises NotFound."""
    address = cash.entry_address(username, _claimed(username, "cash", client_id))
    return required(address, cash.entry_from_item, "This entry")


def recorded_trade_get(username: str, client_id: str) -> Trade:
    """The past trade recorded under this id of the client. Raises NotFound."""
    address = trades.trade_address(username, _claimed(username, "trade", client_id))
    return required(address, trades.trade_from_item, "This trade")


def ledger_all(username: str) -> list[LedgerEntry]:
    """All ledger rows, newest first; one request for each 1 MB."""
    return [cash.entry_from_item(item) for item in every(cash.ledger_query(username))]


def _day_before(day: str) -> str | None:
    earlier = date.fromisoformat(day) - timedelta(days=1)
    return earlier.isoformat() if earlier >= FIRST_DAY else None


def _claimed(username: str, kind: Kind, client_id: str) -> str:
    return required(claim_address(username, kind, client_id), reference_of, "This entry")


def _assets_of(rows: list[Holding]) -> Mapping[str, Quoted]:
    traded = [row.asset_id for row in rows]
    if not traded:
        return {}
    if len(traded) <= MOST_IN_A_BATCH:
        return assets_by_id(traded)
    return {asset.asset_id: asset for asset in assets_listed()}
