"""Tables of the market."""

from core.storage.schema import Index, Table, number, text

ASSETS = Table(
    "Assets",
    text("asset_id"),
    indexes=(Index("ListingIndex", text("listing"), number("rank"), about="Every asset in the order of its rank"),),
    about="What can be traded, each with its latest price and what folding the next tick needs.",
    attributes={
        "symbol": "ticker symbol, `BTC`",
        "name": "name, `Bitcoin`",
        "kind": "`crypto` or `equity`",
        "rank": "place in the list, 1 first",
        "active": "whether it may be bought",
        "listing": "`all`, the partition of ListingIndex; absent for an asset of a demonstration, which no list shows",
        "price": "latest accepted price, in the base currency",
        "price_at": "when the price was true, on the feed's clock",
        "received_at": "when the price was received, on the site's clock",
        "source": "the feed that the price is from, as `simulated` or `replay:<file>`",
        "clock_offset_ms": "received_at minus price_at where history is replayed, else 0",
        "change_24h": "percent from the price 24 hours before, to the hour",
        "high_24h": "highest price of the last 24 hours, to the hour",
        "low_24h": "lowest price of the last 24 hours, to the hour",
        "market_cap": "market capitalisation, in the base currency, where the feed has it",
        "volume_24h": "traded in the last 24 hours, in the base currency, where the feed has it",
        "daily_closes": "closes of the last 90 UTC days, by date",
        "running": "the candle of each interval that has not closed yet, by interval",
        "hours": "opening second, high, low and last price of each hour of the last day",
        "recent": "the last 11 accepted prices; the next is compared with their median",
        "suspects": "prices held in quarantine since the last accepted one",
        "seen_at": "time of the newest tick, accepted or not: older ones are late. Guards every change of the prices",
        "refused_late": "ticks refused because they were older than the newest",
        "refused_ahead": "ticks refused because they were dated in the future",
        "refused_not_finite": "ticks refused because a price was not a finite number",
        "refused_not_positive": "ticks refused because a price was zero or less",
        "refused_quarantined": "ticks held back because they were too far from those before",
    },
)

REALTIME_TICKS = Table(
    "RealtimeTicks",
    text("symbol"),
    number("timestamp"),
    ttl="ttl",
    about="Every accepted price of the last 24 hours. Of two in one millisecond the last stays, as intended.",
    attributes={
        "symbol": "the asset's id",
        "timestamp": "event time in milliseconds since 1970",
        "price": "the price; of a bar, its close",
        "open": "first price since the tick before, or of the bar; absent where no price differed from `price`",
        "high": "highest price since then; absent like `open`",
        "low": "lowest price since then; absent like `open`",
        "bar_seconds": "of a recorded bar: its length",
        "volume": "traded since the tick before, where the feed has it",
        "source": "the feed",
    },
)

CANDLES = Table(
    "Candles",
    text("series"),
    number("opened_at"),
    ttl="ttl",
    about="Closed candles. 1m is kept 7 days, 5m and 15m 30 days, 1h 90 days, 1d always. "
    "The candle that still runs is on the asset's row.",
    attributes={
        "series": "asset and interval, `bitcoin#1h`",
        "opened_at": "when the candle opened, in seconds since 1970; days are UTC days",
        "open": "first price",
        "high": "highest price",
        "low": "lowest price",
        "close": "last price",
        "volume": "sum of what was traded, where the feed has volumes",
        "source": "the feed",
    },
)

WATCHLIST = Table(
    "Watchlist",
    text("username"),
    text("asset_id"),
    about="Assets on the watchlist of a user, who marks them with a star.",
    attributes={"added_at": "when"},
)

TABLES = (ASSETS, REALTIME_TICKS, CANDLES, WATCHLIST)
