"""Orders as items of the Orders table."""

from __future__ import annotations

from decimal import Decimal

from core import clock
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query
from portfolio.domain.orders import Order
from portfolio.domain.sizing import Fill
from portfolio.tables import ORDERS


def order_address(username: str, order_id: str) -> Get:
    """Where one order of this user is."""
    return Get(ORDERS, {"username": username, "order_id": order_id})


def order_put(order: Order) -> Put:
    """Write an order, once for each id of the client."""
    fill = order.fill
    item: Item = {
        "username": order.username,
        "order_id": order.order_id,
        "user_asset": _user_asset(order.username, order.asset_id),
        "asset_id": order.asset_id,
        "symbol": order.symbol,
        "side": fill.side,
        "type": order.type,
        "sized_by": order.sized_by,
        "quantity": fill.quantity,
        "filled_quantity": order.filled_quantity,
        "order_price": fill.price,
        "price_at": clock.to_text(order.price_at),
        "price_source": order.price_source,
        "total_amount": fill.amount,
        "fee": fill.fee,
        "status": order.status,
        "created_at": clock.to_text(order.created_at),
        "updated_at": clock.to_text(order.updated_at),
    }
    return Put(ORDERS, item, condition=Attr("order_id").not_exists(), label="order")


def order_from_item(item: Item) -> Order:
    """The order that a row holds."""
    return Order(
        username=item["username"],
        order_id=item["order_id"],
        asset_id=item["asset_id"],
        symbol=item["symbol"],
        sized_by=item["sized_by"],
        fill=Fill(
            side=item["side"],
            quantity=item["filled_quantity"],
            price=item["order_price"],
            amount=item["total_amount"],
            fee=item["fee"],
        ),
        price_at=clock.from_text(item["price_at"]),
        price_source=item["price_source"],
        created_at=clock.from_text(item["created_at"]),
        updated_at=clock.from_text(item["updated_at"]),
        type=item["type"],
        status=item["status"],
    )


def orders_query(username: str, *, asset_id: str | None = None, limit: int | None = None) -> Query:
    """Orders, newest first; of one asset through its index."""
    if asset_id is None:
        return Query(ORDERS, KeyCondition("username").eq(username), limit=limit, descending=True, consistent=True)
    return Query(
        ORDERS,
        KeyCondition("user_asset").eq(_user_asset(username, asset_id)),
        index="AssetOrdersIndex",
        limit=limit,
        descending=True,
    )


def open_query(username: str) -> Query:
    """Open orders of a user, newest first. May lag."""
    return Query(
        ORDERS,
        KeyCondition("open_for").eq(username),
        index="OpenIndex",
        descending=True,
    )


def armed_query(arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Query:
    """Everyone's open orders of one partition of prices that wait for one from `low` to `high`. May lag."""
    where = KeyCondition("arm").eq(arm) & KeyCondition("threshold").between(low, high)
    return Query(ORDERS, where, index="TriggerIndex", descending=descending)


def _user_asset(username: str, asset_id: str) -> str:
    return f"{username}#{asset_id}"
