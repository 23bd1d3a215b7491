"""Tables of the portfolio: cash and holdings, executed trades, orders."""

from core.storage.schema import Index, Table, number, text

PORTFOLIOS = Table(
    "Portfolios",
    text("username"),
    text("entry"),
    indexes=(
        Index("AssetIndex", text("asset_id"), text("username"), about="Holders of an asset; `ASSET#` rows alone."),
    ),
    about=(
        "Three kinds of rows by `entry`: `BALANCE` is the cash, `ASSET#<asset_id>` one holding, "
        "`TRANS#<transaction_id>` one ledger entry."
    ),
    attributes={
        "available": "cash or quantity that may be spent",
        "held": "cash or quantity that open orders hold",
        "current_balance": "BALANCE: available + held",
        "total_deposits": "BALANCE: sum of all DEPOSIT rows",
        "total_withdrawals": "BALANCE: sum of all WITHDRAW rows",
        "total_adjustments": "BALANCE: net of all SYSTEM_ADJUSTMENT rows",
        "limits_day": "BALANCE: the UTC day that the next two sums are of",
        "deposited_on_day": "BALANCE: deposits of that day",
        "withdrawn_on_day": "BALANCE: withdrawals of that day",
        "last_entry_at": "BALANCE: created_at of the newest ledger row; the next one is later",
        "asset_id": "ASSET#: which asset; no other kind of row has it, so that AssetIndex holds ASSET# rows alone",
        "quantity": "ASSET#: available + held",
        "cost": "ASSET#: what the quantity cost, fees inside: the average-cost pool",
        "realized": "ASSET#: gain of all sales so far, by average cost, fees inside",
        "last_transaction": "ASSET#: `timestamp` of the newest transaction in the pool",
        "version": "BALANCE, ASSET#: counts the writes; every write names the version it read",
        "transaction_id": "TRANS#: a UUIDv7 in the order of booking",
        "transaction_type": (
            "TRANS#: DEPOSIT, WITHDRAW, ORDER_PAYMENT, ORDER_SALE, ORDER_REFUND, ORDER_FEE or SYSTEM_ADJUSTMENT"
        ),
        "amount": "TRANS#: how much moved, never negative; the two balances say which way",
        "previous_balance": "TRANS#: cash before",
        "new_balance": "TRANS#: cash after",
        "status": "TRANS#: COMPLETED",
        "description": "TRANS#: what for",
        "order_id": "TRANS#: the order that moved the cash, if any",
        "effective_at": "TRANS#: the time it counts for: that of the trade for one recorded later, else created_at",
        "created_at": "when the row was made, UTC",
        "updated_at": "BALANCE, ASSET#: when it was last written, UTC",
    },
)

TRANSACTIONS = Table(
    "Transactions",
    text("username"),
    text("timestamp"),
    indexes=(
        Index("AssetTransactionsIndex", text("user_asset"), text("timestamp"), about="One asset of one user, by time."),
        Index("FeedIndex", text("day"), text("timestamp"), about="Everyone's, by UTC day; for staff."),
    ),
    about=(
        "Executed trades: fills of orders and past trades recorded by hand. `timestamp` is `<t>#<transaction_id>`, so "
        "that two trades of one millisecond both have room."
    ),
    attributes={
        "transaction_id": "UUIDv7; the order's id for the fill of an order",
        "user_asset": "`TRANS#<username>#<asset_id>`",
        "day": "UTC day of the trade",
        "asset_id": "which asset",
        "symbol": "its ticker at that time",
        "transaction_type": "BUY or SELL",
        "quantity": "how much of the asset, 8 decimals",
        "price": "price of one unit",
        "total_amount": "quantity times price, to the cent, without the fee",
        "fee": "fee beside it",
        "order_id": "the order that was filled; absent for a trade recorded by hand",
        "settlement": "`account`: paid from or into the cash; `outside`: paid from or to outside",
        "status": "COMPLETED",
        "created_at": "when the row was made, UTC",
    },
)

ORDERS = Table(
    "Orders",
    text("username"),
    text("order_id"),
    indexes=(
        Index("AssetOrdersIndex", text("user_asset"), text("order_id"), about="One asset of one user, by time."),
        Index(
            "OpenIndex", text("open_for"), text("order_id"), about="Open orders of a user; a closed one is not in it."
        ),
        Index("TriggerIndex", text("arm"), number("threshold"), about="Open orders that wait for a price."),
    ),
    about=(
        "Simulated orders; no exchange is contacted. The id is made by the client, so that a repeated request is one "
        "order."
    ),
    attributes={
        "user_asset": "`<username>#<asset_id>`",
        "open_for": "username while the order is open",
        "arm": "series, direction and shard while the order waits for a price",
        "threshold": "the price it waits for",
        "asset_id": "which asset",
        "symbol": "its ticker when the order was placed",
        "side": "buy or sell",
        "type": "one of `ORDER_TYPES`, like market",
        "sized_by": "`quantity` or `amount`: which of the two the client gave",
        "size": "how much of it, while the order is open; afterwards `quantity` or `total_amount` says it",
        "held": "money or units that it holds while it is open",
        "quantity": "how much was ordered, 8 decimals",
        "filled_quantity": "how much of it was filled",
        "order_price": "price of one unit at the fill",
        "price_at": "time of that price, by the feed's clock",
        "price_source": "the feed it came from",
        "total_amount": "quantity times price, to the cent, without the fee",
        "fee": "fee beside it",
        "status": "open or filled",
        "created_at": "when it was placed, UTC",
        "updated_at": "when its status last changed, UTC",
    },
)

TABLES = (PORTFOLIOS, TRANSACTIONS, ORDERS)
