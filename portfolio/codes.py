"""Error codes of the portfolio."""

from core.codes import Code

CODES: dict[str, Code] = {
    "insufficient_funds": Code(409, "Not enough cash", "Deposit more, or ask for less."),
    "insufficient_holdings": Code(409, "Not enough of the asset", "Sell less, or add the earlier purchase first."),
    "price_stale": Code(409, "No fresh price", "Orders need a price of the last 10 minutes; try again with a new one."),
    "asset_inactive": Code(409, "Asset inactive", "It cannot be bought any more; what is held can be sold."),
    "order_too_small": Code(409, "Order too small", "Order at least the amount that `detail` names."),
    "order_too_large": Code(409, "Order too large", "Order at most the amount that `detail` names, or in parts."),
    "daily_limit": Code(409, "Daily limit reached", "`detail` says what is left until midnight UTC."),
}
