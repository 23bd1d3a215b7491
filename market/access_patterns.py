"""What is asked of the tables of assets, prices and watchlists."""

from core.access_patterns import AccessPattern
from market.tables import ASSETS, CANDLES, REALTIME_TICKS, WATCHLIST
from market.triggers.tables import TRIGGER_SERIES

REPOSITORIES = "market.repositories"
TESTS = "tests/market/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        ASSETS,
        "an asset with its latest price",
        "GetItem",
        f"{REPOSITORIES}.assets.asset_address",
        f"{TESTS}::test_assets_one",
    ),
    AccessPattern(
        ASSETS,
        "latest prices of many assets",
        "BatchGetItem",
        "market.selectors.assets_by_id",
        f"{TESTS}::test_assets_latest_prices_of_many",
    ),
    AccessPattern(
        ASSETS,
        "all assets by rank",
        "Query ListingIndex",
        f"{REPOSITORIES}.assets.listed_query",
        f"{TESTS}::test_assets_by_rank",
    ),
    AccessPattern(
        REALTIME_TICKS,
        "the latest tick of an asset",
        "Query",
        f"{REPOSITORIES}.ticks.latest_query",
        f"{TESTS}::test_ticks_latest",
    ),
    AccessPattern(
        REALTIME_TICKS,
        "ticks of an asset between two moments",
        "Query",
        f"{REPOSITORIES}.ticks.ticks_query",
        f"{TESTS}::test_ticks_range",
    ),
    AccessPattern(
        CANDLES,
        "candles of an asset between two moments",
        "Query",
        f"{REPOSITORIES}.candles.candles_query",
        f"{TESTS}::test_candles_range",
    ),
    AccessPattern(
        TRIGGER_SERIES,
        "where the series of many assets stand",
        "BatchGetItem",
        "market.triggers.series.get_many",
        f"{TESTS}::test_trigger_series_of_many",
    ),
    AccessPattern(
        WATCHLIST,
        "what a user watches",
        "Query",
        f"{REPOSITORIES}.watchlist.stars_query",
        f"{TESTS}::test_watchlist_of_a_user",
    ),
)
