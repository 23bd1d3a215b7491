"""Placing orders, and looking at what one would do."""

from collections.abc import Sequence

from django.conf import settings

from core import clock, ids, outbox
from core.accounts.domain import User
from core.commit import commit
from core.events import event_put
from core.retry import optimistic
from core.storage import Write, journey
from portfolio.account_settings import method_of
from portfolio.domain.bookings import booked
from portfolio.domain.cash import opened
from portfolio.domain.cost_basis import AVERAGE
from portfolio.domain.holdings import replay
from portfolio.domain.order_types import ORDER_TYPES
from portfolio.domain.orders import Order, OrderDraft, OrderRules, fill_of, filled_order
from portfolio.domain.preview import Preview, previewed
from portfolio.domain.trades import Trade
from portfolio.events import order_filled
from portfolio.repositories.cash import balance_put, entry_put
from portfolio.repositories.holdings import holding_put
from portfolio.repositories.orders import order_address, order_from_item, order_put
from portfolio.repositories.trades import trade_put
from portfolio.selectors import trades_of_asset
from portfolio.services.snapshot import snapshot_of


def order_place(user: User, *, order_id: str, draft: OrderDraft, also: Sequence[Write] = ()) -> Order:
    """Fill a simulated order at the price that its type says, in one read and one write.

    A repeated order_id returns the stored order.
    Raises InvalidInput by field (side, asset_id, quantity, amount, type, order_id); Refused with insufficient_funds,
    insufficient_holdings, price_stale, asset_inactive, order_too_small, order_too_large or idempotency_mismatch;
    NotFound where the account is closed; StoreUnavailable.
    """
    draft.check(types=ORDER_TYPES)
    ids.check_id(order_id, "order_id")
    with journey("order_place"):
        order = optimistic(lambda: _place(user.username, order_id, draft, also))
    outbox.nudge(user.username)
    return order


def order_preview(user: User, draft: OrderDraft) -> Preview:
    """What `order_place` would do now, in one read; its `refusal` says why the order would be refused.

    By a method of cost basis other than the average cost, a second read gets the trades of the asset.
    Raises InvalidInput as `order_place` does, and Refused `price_stale` where there is no price at all.
    """
    draft.check(types=ORDER_TYPES)
    now = clock.now()
    with journey("order_preview"):
        snapshot = snapshot_of(user.username, draft.asset_id, now)
        method, pool = method_of(user), snapshot.holding.pool
        if method is not AVERAGE:
            pool = replay(trades_of_asset(user.username, draft.asset_id), method).pool
    balance = snapshot.open_balance or opened(user.username, now)
    quote = ORDER_TYPES[draft.type].quote(draft, snapshot.asset)
    return previewed(draft, quote, snapshot.asset, balance, snapshot.holding, pool, _rules(), now)


def _place(username: str, order_id: str, draft: OrderDraft, also: Sequence[Write]) -> Order:
    now = clock.now()
    snapshot = snapshot_of(username, draft.asset_id, now, order_address(username, order_id))
    (stored,) = snapshot.others
    if stored:
        order = order_from_item(stored)
        order.check_same(draft)
        return order
    ids.check_fresh(order_id, "order_id")
    asset = snapshot.asset
    quote = ORDER_TYPES[draft.type].quote(draft, asset)
    at = snapshot.holding.next_time(now)
    trade = Trade(
        username=username,
        trade_id=order_id,
        at=at,
        asset_id=draft.asset_id,
        symbol=asset.symbol,
        fill=fill_of(draft, quote.price, asset, snapshot.holding, _rules(), now),
        order_id=order_id,
        settlement="account",
        created_at=at,
    )
    order = filled_order(draft, quote, trade)
    holding = snapshot.holding.traded(trade)
    booking = booked(snapshot.balance, trade, at)
    commit(
        [
            balance_put(booking.balance, at),
            holding_put(holding, at),
            *(entry_put(entry) for entry in booking.entries),
            trade_put(trade),
            order_put(order),
            event_put(order_filled(trade)),
        ],
        also,
    )
    return order


def _rules() -> OrderRules:
    return OrderRules(settings.ORDER_LEAST, settings.ORDER_MOST, settings.ORDER_FEE_BASIS_POINTS)
