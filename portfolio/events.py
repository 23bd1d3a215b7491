"""Events that the portfolio writes for others to react to."""

from __future__ import annotations

from core.events import Event
from portfolio.domain.orders import Order

ORDER_FILLED = "portfolio.order_filled"


def order_filled(order: Order) -> Event:
    """An order was filled. Payload: order_id, side, asset_id, symbol, quantity, price, amount (without the fee)."""
    return Event(
        ORDER_FILLED,
        order.username,
        {
            "order_id": order.order_id,
            "side": order.side,
            "asset_id": order.asset_id,
            "symbol": order.symbol,
            "quantity": order.fill.quantity,
            "price": order.fill.price,
            "amount": order.fill.amount,
        },
    )
