"""The assets that the product begins with, and what the simulated market needs to know of each.

Ids of coins are CoinGecko's. Starting prices, volatilities and supplies are round figures of about 2025, good enough
for the simulated market; nothing else may use them.
"""

from dataclasses import dataclass
from decimal import Decimal

from market.domain import Asset, AssetKind


@dataclass(frozen=True, slots=True)
class Listing:
    """One asset of the catalogue.

    `start_price` is the middle of its simulated prices; `daily_volatility` the standard deviation of their daily
    change, as a share; `supply` the coins or shares by which a price becomes a market capitalisation.
    """

    asset_id: str
    symbol: str
    name: str
    start_price: Decimal
    daily_volatility: float
    supply: Decimal
    kind: AssetKind = "crypto"


def _coin(asset_id: str, symbol: str, name: str, start_price: str, daily_volatility: float, supply: str) -> Listing:
    return Listing(asset_id, symbol, name, Decimal(start_price), daily_volatility, Decimal(supply))


def _share(symbol: str, name: str, start_price: str, daily_volatility: float, supply: str) -> Listing:
    return Listing(symbol, symbol, name, Decimal(start_price), daily_volatility, Decimal(supply), "equity")


CATALOGUE: tuple[Listing, ...] = (
    _coin("bitcoin", "BTC", "Bitcoin", "95000", 0.024, "19900000"),
    _coin("ethereum", "ETH", "Ethereum", "3200", 0.033, "120700000"),
    _coin("tether", "USDT", "Tether", "1", 0.0004, "140000000000"),
    _coin("ripple", "XRP", "XRP", "2.2", 0.038, "58000000000"),
    _coin("binancecoin", "BNB", "BNB", "640", 0.026, "144000000"),
    _coin("solana", "SOL", "Solana", "170", 0.042, "480000000"),
    _coin("usd-coin", "USDC", "USD Coin", "1", 0.0003, "60000000000"),
    _coin("dogecoin", "DOGE", "Dogecoin", "0.19", 0.048, "148000000000"),
    _coin("tron", "TRX", "TRON", "0.27", 0.025, "94900000000"),
    _coin("cardano", "ADA", "Cardano", "0.68", 0.042, "35500000000"),
    _coin("chainlink", "LINK", "Chainlink", "14.5", 0.043, "657000000"),
    _coin("avalanche-2", "AVAX", "Avalanche", "20.5", 0.045, "417000000"),
    _coin("stellar", "XLM", "Stellar", "0.27", 0.042, "31000000000"),
    _coin("litecoin", "LTC", "Litecoin", "88", 0.035, "76000000"),
    _coin("polkadot", "DOT", "Polkadot", "4.2", 0.041, "1550000000"),
    _coin("monero", "XMR", "Monero", "270", 0.032, "18400000"),
    _coin("uniswap", "UNI", "Uniswap", "6.3", 0.048, "600000000"),
    _coin("matic-network", "MATIC", "Polygon", "0.23", 0.045, "10000000000"),
    _coin("algorand", "ALGO", "Algorand", "0.2", 0.044, "8600000000"),
    _coin("cosmos", "ATOM", "Cosmos", "4.4", 0.040, "390000000"),
    _share("AAPL", "Apple", "228", 0.016, "15000000000"),
    _share("MSFT", "Microsoft", "432", 0.015, "7430000000"),
    _share("SPY", "SPDR S&P 500 ETF", "590", 0.010, "1000000000"),
)

BY_ID = {listing.asset_id: listing for listing in CATALOGUE}


def assets() -> list[Asset]:
    """The catalogue as assets without prices, ranked in its order."""
    return [
        Asset(listing.asset_id, listing.symbol, listing.name, listing.kind, rank)
        for rank, listing in enumerate(CATALOGUE, start=1)
    ]
