"""Access patterns of the tables of assets, prices and watchlists."""

from core.access_patterns import patterns
from market.tables import ASSETS, CANDLES, REALTIME_TICKS, WATCHLIST
from market.triggers.tables import TRIGGER_SERIES

TESTS = "tests/market/test_access_patterns.py"

_assets = patterns(ASSETS, "market", TESTS)
_realtime_ticks = patterns(REALTIME_TICKS, "market.repositories.ticks", TESTS)
_candles = patterns(CANDLES, "market.repositories.candles", TESTS)
_trigger_series = patterns(TRIGGER_SERIES, "market.triggers.selectors", TESTS)
_watchlist = patterns(WATCHLIST, "market.repositories.watchlist", TESTS)

ACCESS_PATTERNS = (
    _assets("an asset with its latest price", "GetItem", "repositories.assets.asset_address", "test_assets_one"),
    _assets(
        "latest prices of many assets", "BatchGetItem", "selectors.assets_by_id", "test_assets_latest_prices_of_many"
    ),
    _assets("all assets by rank", "Query ListingIndex", "repositories.assets.listed_query", "test_assets_by_rank"),
    _realtime_ticks("the latest tick of an asset", "Query", "latest_query", "test_ticks_latest"),
    _realtime_ticks("ticks of an asset between two moments", "Query", "ticks_query", "test_ticks_range"),
    _candles("candles of an asset between two moments", "Query", "candles_query", "test_candles_range"),
    _trigger_series(
        "what the engine has seen of many assets", "BatchGetItem", "series_by_asset", "test_trigger_series_of_many"
    ),
    _watchlist("the watchlist of a user", "Query", "stars_query", "test_watchlist_of_a_user"),
)
