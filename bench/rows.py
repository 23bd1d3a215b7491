"""The rows that the stores are measured with: an order as the product keeps it, 18 attributes, one index."""

from decimal import Decimal

from core.storage import Index, Item, Table, text

ORDERS = Table(
    "BenchOrders",
    text("username"),
    text("order_id"),
    indexes=(Index("AssetOrdersIndex", text("user_asset"), text("order_id")),),
)


def order(username: str, number: int) -> Item:
    """One order of a user; the same for the same number."""
    return {
        **key(username, number),
        "user_asset": f"TRANS#{username}#bitcoin",
        "asset_id": "bitcoin",
        "ticker": "BTC",
        "asset_name": "Bitcoin",
        "side": "buy",
        "order_type": "market",
        "status": "filled",
        "quantity": Decimal("0.00512345") + number,
        "price": Decimal("97604.18"),
        "amount": Decimal("500.07"),
        "fee": Decimal("0.50"),
        "source": "simulated",
        "digest": "3f1d2c9a7b5e4f60",
        "version": 1,
        "created_at": "2026-11-20T10:15:30.123Z",
        "updated_at": "2026-11-20T10:15:30.456Z",
    }


def key(username: str, number: int) -> dict[str, str]:
    """The key of that order."""
    return {"username": username, "order_id": f"019aa0c2-7c1b-7000-8000-{number:012d}"}
