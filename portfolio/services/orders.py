"""Placing orders, and looking at what one would do."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from core import clock, outbox, writing
from core.accounts.domain import User
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
from portfolio.domain.trades import Transaction
from portfolio.events import order_filled
from portfolio.repositories.cash import balance_put, entry_put
from portfolio.repositories.holdings import holding_put
from portfolio.repositories.orders import order_from_item, order_get, order_put
from portfolio.repositories.transactions import trades_of_asset, transaction_put
from portfolio.services.reading import situation_of


def order_place(user: User, *, order_id: str, draft: OrderDraft, also: Sequence[Write] = ()) -> Order:
    """Fill a simulated order at the price that its type says, in one read and one write.

    A repeated order_id returns the stored order.
    Raises InvalidInput by field (side, asset_id, quantity, amount, type, order_id); Refused with insufficient_funds,
    insufficient_holdings, price_stale, asset_inactive, order_too_small, order_too_large or idempotency_mismatch;
    NotFound where the account is closed; StoreUnavailable.
    """
    draft.check(types=ORDER_TYPES)
    writing.check_id_form(order_id, "order_id")
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
        situation = situation_of(user.username, draft.asset_id, now)
        method, pool = method_of(user), situation.holding.pool
        if method is not AVERAGE:
            pool = replay(trades_of_asset(user.username, draft.asset_id), method).pool
    balance = situation.open_balance or opened(user.username, now)
    quote = ORDER_TYPES[draft.type].quote(draft, situation.asset)
    return previewed(draft, quote, situation.asset, balance, situation.holding, pool, _rules(), now)


def _place(username: str, order_id: str, draft: OrderDraft, also: Sequence[Write]) -> Order:
    now = clock.now()
    situation = situation_of(username, draft.asset_id, now, order_get(username, order_id))
    (stored,) = situation.others
    if stored:
        order = order_from_item(stored)
        order.check_same(draft)
        return order
    writing.check_id_is_fresh(order_id, "order_id")
    asset = situation.asset
    quote = ORDER_TYPES[draft.type].quote(draft, asset)
    at = situation.holding.next_time(now)
    trade = Transaction(
        username=username,
        transaction_id=order_id,
        at=at,
        asset_id=draft.asset_id,
        symbol=asset.symbol,
        fill=fill_of(draft, quote.price, asset, situation.holding, _rules(), now),
        order_id=order_id,
        settlement="account",
        created_at=at,
    )
    order = filled_order(draft, quote, trade)
    holding = situation.holding.traded(trade)
    booking = booked(situation.balance, trade, at)
    writing.commit(
        [
            balance_put(booking.balance, at),
            holding_put(holding, at),
            *(entry_put(entry) for entry in booking.entries),
            transaction_put(trade),
            order_put(order),
            event_put(order_filled(trade)),
        ],
        also,
    )
    return order


def _rules() -> OrderRules:
    return OrderRules(settings.ORDER_LEAST, settings.ORDER_MOST, settings.ORDER_FEE_BASIS_POINTS)
