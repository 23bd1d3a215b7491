"""Orders as items of the Orders table."""

from decimal import Decimal

from core import clock
from core.money import ZERO
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query
from portfolio.domain.fills import Fill
from portfolio.domain.orders import Order, OrderDraft
from portfolio.domain.quoted import Quote
from portfolio.tables import ORDERS


def order_address(username: str, order_id: str) -> Get:
    """Where one order of this user is."""
    return Get(ORDERS, {"username": username, "order_id": order_id})


def order_put(order: Order) -> Put:
    """Write an order, once for each id of the client."""
    item: Item = {
        "username": order.username,
        "order_id": order.order_id,
        "user_asset": _user_asset(order.username, order.asset_id),
        "asset_id": order.asset_id,
        "symbol": order.symbol,
        "side": order.side,
        "type": order.type,
        "sized_by": order.draft.size.by,
        "filled_quantity": order.filled_quantity,
        "status": order.status,
        "created_at": clock.to_text(order.created_at),
        "updated_at": clock.to_text(order.updated_at),
    }
    if order.held:
        item["held"] = order.held
    if order.fill and order.quote:
        item |= {
            "quantity": order.fill.quantity,
            "order_price": order.fill.price,
            "price_at": clock.to_text(order.quote.at),
            "price_source": order.quote.source,
            "total_amount": order.fill.amount,
            "fee": order.fill.fee,
        }
    else:
        item["size"] = order.draft.size.value
    return Put(ORDERS, item, condition=Attr("order_id").not_exists(), label="order")


def order_from_item(item: Item) -> Order:
    """The order that a row holds."""
    filled = item["status"] == "filled"
    asked = item["quantity" if item["sized_by"] == "quantity" else "total_amount"] if filled else item["size"]
    return Order(
        username=item["username"],
        order_id=item["order_id"],
        draft=OrderDraft(item["side"], item["asset_id"], **{item["sized_by"]: asked}, type=item["type"]),
        symbol=item["symbol"],
        status=item["status"],
        held=item.get("held", ZERO),
        fill=_fill(item) if filled else None,
        quote=Quote(item["order_price"], clock.from_text(item["price_at"]), item["price_source"]) if filled else None,
        created_at=clock.from_text(item["created_at"]),
        updated_at=clock.from_text(item["updated_at"]),
    )


def orders_query(username: str, *, asset_id: str | None = None) -> Query:
    """Orders, newest first; of one asset through its index."""
    if asset_id is None:
        return Query(ORDERS, KeyCondition("username").eq(username), descending=True, consistent=True)
    return Query(
        ORDERS,
        KeyCondition("user_asset").eq(_user_asset(username, asset_id)),
        index="AssetOrdersIndex",
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


def _fill(item: Item) -> Fill:
    return Fill(
        side=item["side"],
        quantity=item["filled_quantity"],
        price=item["order_price"],
        amount=item["total_amount"],
        fee=item["fee"],
    )
