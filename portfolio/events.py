"""Events that the portfolio writes for others to react to."""

from core.events import Event
from portfolio.domain.trades import Trade

ORDER_FILLED = "portfolio.order_filled"


def order_filled(trade: Trade) -> Event:
    """A trade filled an order. Payload: order_id, side, asset_id, symbol, quantity, price, amount (without the fee)."""
    return Event(
        ORDER_FILLED,
        trade.username,
        {
            "order_id": trade.order_id,
            "side": trade.fill.side,
            "asset_id": trade.asset_id,
            "symbol": trade.symbol,
            "quantity": trade.fill.quantity,
            "price": trade.fill.price,
            "amount": trade.fill.amount,
        },
    )
