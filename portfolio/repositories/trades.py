"""Executed trades as items of the Transactions table."""

from datetime import UTC, date, timedelta
from typing import cast

from core import clock
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query
from portfolio.domain.fills import Fill, Side
from portfolio.domain.trades import Trade
from portfolio.tables import TRANSACTIONS

BEFORE_ALL = "0"
AFTER_ALL = "~"
"""Texts that sort before and behind every time."""


def trade_address(username: str, timestamp: str) -> Get:
    """Where one trade of this user is."""
    return Get(TRANSACTIONS, {"username": username, "timestamp": timestamp})


def trade_put(trade: Trade) -> Put:
    """Write a trade, never over another."""
    fill = trade.fill
    item: Item = {
        "username": trade.username,
        "timestamp": trade.timestamp,
        "transaction_id": trade.trade_id,
        "user_asset": _user_asset(trade.username, trade.asset_id),
        "day": trade.at.astimezone(UTC).date().isoformat(),
        "asset_id": trade.asset_id,
        "symbol": trade.symbol,
        "transaction_type": fill.side.upper(),
        "quantity": fill.quantity,
        "price": fill.price,
        "total_amount": fill.amount,
        "fee": fill.fee,
        "settlement": trade.settlement,
        "status": trade.status,
        "created_at": clock.to_text(trade.created_at),
    }
    if trade.order_id:
        item["order_id"] = trade.order_id
    return Put(TRANSACTIONS, item, condition=Attr("timestamp").not_exists(), label="trade")


def trade_from_item(item: Item) -> Trade:
    """The trade that a row holds."""
    return Trade(
        username=item["username"],
        trade_id=item["transaction_id"],
        at=clock.from_text(item["timestamp"].partition("#")[0]),
        asset_id=item["asset_id"],
        symbol=item["symbol"],
        fill=Fill(
            side=cast(Side, item["transaction_type"].lower()),
            quantity=item["quantity"],
            price=item["price"],
            amount=item["total_amount"],
            fee=item["fee"],
        ),
        order_id=item.get("order_id"),
        settlement=item["settlement"],
        created_at=clock.from_text(item["created_at"]),
        status=item["status"],
    )


def trades_query(
    username: str,
    *,
    asset_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Query:
    """Trades, newest first, from the start of one UTC day to the end of another; of one asset through its index."""
    lowest = BEFORE_ALL if since is None else since.isoformat()
    highest = AFTER_ALL if until is None else (until + timedelta(days=1)).isoformat()
    if asset_id is None:
        owned, index = KeyCondition("username").eq(username), None
    else:
        owned, index = KeyCondition("user_asset").eq(_user_asset(username, asset_id)), "AssetTransactionsIndex"
    return Query(
        TRANSACTIONS,
        owned & KeyCondition("timestamp").between(lowest, highest),
        index=index,
        descending=True,
        consistent=index is None,
    )


def day_query(day: str, *, limit: int | None = None) -> Query:
    """Trades of everyone on one UTC day like `2026-11-20`, newest first; on an index that may be a moment behind."""
    return Query(TRANSACTIONS, KeyCondition("day").eq(day), index="FeedIndex", limit=limit, descending=True)


def asset_trades_query(username: str, asset_id: str) -> Query:
    """All trades of one asset, oldest first, read consistently from the base table."""
    return Query(
        TRANSACTIONS, KeyCondition("username").eq(username), filter=Attr("asset_id").eq(asset_id), consistent=True
    )


def _user_asset(username: str, asset_id: str) -> str:
    return f"TRANS#{username}#{asset_id}"
