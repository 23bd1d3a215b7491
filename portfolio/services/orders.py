"""Placing market orders, and looking at what one would do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings

from core import clock, ids, outbox
from core.accounts.domain import User
from core.commit import commit
from core.events import event_put
from core.retry import optimistic
from core.storage import Write, journey
from portfolio.domain.bookings import booked
from portfolio.domain.cash import opened
from portfolio.domain.holdings import Transaction
from portfolio.domain.orders import Order, OrderRules, fill_of, price_of
from portfolio.domain.preview import Preview, previewed
from portfolio.domain.sizing import Side, Size, size_of
from portfolio.events import order_filled
from portfolio.repositories.cash import balance_put, entry_put
from portfolio.repositories.holdings import holding_put
from portfolio.repositories.orders import order_address, order_from_item, order_put
from portfolio.repositories.transactions import transaction_put
from portfolio.services import steps
from portfolio.services.snapshot import snapshot_of


def order_place(
    user: User,
    *,
    order_id: str,
    side: str,
    asset_id: str,
    quantity: Decimal | None = None,
    amount: Decimal | None = None,
    also: Sequence[Write] = (),
) -> Order:
    """Fill a simulated market order at the latest price, in one read and one write.

    Exactly one of quantity and amount (without the fee) is given. A repeated order_id returns the stored order.
    Raises InvalidInput; Refused with insufficient_funds, insufficient_holdings, price_stale, asset_inactive,
    order_too_small, order_too_large or idempotency_mismatch; NotFound where the account is closed; StoreUnavailable.
    """
    size = size_of(quantity, amount)
    known_side = steps.checked_side(side)
    steps.checked_asset_id(asset_id)
    ids.check_id(order_id, "order_id")
    with journey("order_place"):
        order = optimistic(lambda: _place(user.username, order_id, known_side, asset_id, size, also))
    outbox.nudge(user.username)
    return order


def order_preview(
    user: User, *, side: str, asset_id: str, quantity: Decimal | None = None, amount: Decimal | None = None
) -> Preview:
    """What `order_place` would do now, in one read; its `refusal` says why the order would be refused.

    Raises InvalidInput as `order_place` does, and Refused `price_stale` where there is no price at all.
    """
    size = size_of(quantity, amount)
    known_side = steps.checked_side(side)
    steps.checked_asset_id(asset_id)
    now = clock.now()
    with journey("order_preview"):
        snapshot = snapshot_of(user.username, asset_id, now)
    balance = snapshot.open_balance or opened(user.username, now)
    return previewed(snapshot.asset, balance, snapshot.holding, known_side, size, _rules(), now)


def _place(username: str, order_id: str, side: Side, asset_id: str, size: Size, also: Sequence[Write]) -> Order:
    now = clock.now()
    snapshot = snapshot_of(username, asset_id, now, order_address(username, order_id))
    (stored,) = snapshot.others
    if stored:
        order = order_from_item(stored)
        order.check_same(side=side, asset_id=asset_id, size=size)
        return order
    ids.check_fresh(order_id, "order_id")
    asset = snapshot.asset
    _, price_at = price_of(asset)
    at = snapshot.holding.next_time(now)
    transaction = Transaction(
        username=username,
        transaction_id=order_id,
        at=at,
        asset_id=asset_id,
        symbol=asset.symbol,
        fill=fill_of(asset, snapshot.holding, side, size, _rules(), now),
        order_id=order_id,
        settlement="account",
        created_at=at,
    )
    order = Order(
        username=username,
        order_id=order_id,
        asset_id=asset_id,
        symbol=asset.symbol,
        sized_by=size.by,
        fill=transaction.fill,
        price_at=price_at,
        price_source=asset.source,
        created_at=at,
        updated_at=at,
    )
    holding = snapshot.holding.traded(transaction)
    booking = booked(snapshot.balance, transaction, at)
    commit(
        [
            balance_put(booking.balance, at),
            holding_put(holding, at),
            *(entry_put(entry) for entry in booking.entries),
            transaction_put(transaction),
            order_put(order),
            event_put(order_filled(order)),
        ],
        also,
    )
    return order


def _rules() -> OrderRules:
    return OrderRules(settings.ORDER_LEAST, settings.ORDER_MOST, settings.ORDER_FEE_BASIS_POINTS)
