"""Holdings as `ASSET#` rows of the Portfolios table."""

from datetime import datetime

from core import clock
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query
from portfolio.domain.holdings import Holding
from portfolio.repositories.cash import BALANCE
from portfolio.tables import PORTFOLIOS

HOLDING = "ASSET#"


def holding_address(username: str, asset_id: str) -> Get:
    """Where this user's holding of the asset is."""
    return Get(PORTFOLIOS, {"username": username, "entry": HOLDING + asset_id})


def portfolio_query(username: str) -> Query:
    """All holdings and the balance, which sorts behind them: see `is_balance`."""
    return Query(
        PORTFOLIOS,
        KeyCondition("username").eq(username) & KeyCondition("entry").between(HOLDING, BALANCE),
        consistent=True,
    )


def holders_query(asset_id: str) -> Query:
    """Holdings of everyone in one asset, by username, without those that were sold; on an index that may be behind."""
    return Query(
        PORTFOLIOS,
        KeyCondition("asset_id").eq(asset_id),
        index="AssetIndex",
        filter=Attr("quantity").gt(0),
    )


def is_balance(item: Item) -> bool:
    """Whether a row of `portfolio_query` is the balance."""
    return bool(item["entry"] == BALANCE)


def holding_put(holding: Holding, at: datetime) -> Put:
    """Write the holding if it is as it was read, so that what was decided on it (enough to sell) is still true."""
    unchanged = Attr("version").eq(holding.version) if holding.version else Attr("version").not_exists()
    return Put(
        PORTFOLIOS,
        {
            "username": holding.username,
            "entry": HOLDING + holding.asset_id,
            "asset_id": holding.asset_id,
            "available": holding.available,
            "held": holding.held,
            "quantity": holding.quantity,
            "cost": holding.cost,
            "realized": holding.realized,
            "last_transaction": holding.last_transaction,
            "version": holding.version + 1,
            "created_at": clock.to_text(holding.created_at),
            "updated_at": clock.to_text(at),
        },
        condition=unchanged,
        label="holding",
    )


def holding_from_item(item: Item) -> Holding:
    """The holding that a row holds."""
    return Holding(
        username=item["username"],
        asset_id=item["asset_id"],
        available=item["available"],
        held=item["held"],
        cost=item["cost"],
        realized=item["realized"],
        last_transaction=item["last_transaction"],
        version=int(item["version"]),
        created_at=clock.from_text(item["created_at"]),
    )
