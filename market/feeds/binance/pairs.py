"""Which pair of Binance's spot market prices which asset."""

BINANCE = "binance:usdt"
"""The source of its prices."""
PAIRS = {
    "bitcoin": "BTCUSDT",
    "ethereum": "ETHUSDT",
    "ripple": "XRPUSDT",
    "binancecoin": "BNBUSDT",
    "solana": "SOLUSDT",
    "usd-coin": "USDCUSDT",
    "dogecoin": "DOGEUSDT",
    "tron": "TRXUSDT",
    "cardano": "ADAUSDT",
    "chainlink": "LINKUSDT",
    "avalanche-2": "AVAXUSDT",
    "stellar": "XLMUSDT",
    "litecoin": "LTCUSDT",
    "polkadot": "DOTUSDT",
    "uniswap": "UNIUSDT",
    "matic-network": "POLUSDT",
    "algorand": "ALGOUSDT",
    "cosmos": "ATOMUSDT",
}
"""By asset id. USDT has no price in USDT, and Monero is no longer traded there; MATIC became POL, one for one."""
