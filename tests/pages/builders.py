"""A market with a past, for pages that draw curves."""

from datetime import timedelta
from decimal import Decimal

from core import clock
from cryptopulse.sample import LEVELS, TRADES
from market import catalogue
from market.services import assets_add, ticks_record
from tests.market.builders import a_tick

DAYS = 90
SAMPLED = sorted({trade.asset_id for trade in TRADES} | {level.asset_id for level in LEVELS})


def a_market_with_a_past(*asset_ids: str) -> None:
    """These assets (all that the sample trades, unless said), one price a day from 100 up by 1 a day, the last now."""
    wanted = asset_ids or tuple(SAMPLED)
    assets_add([asset for asset in catalogue.assets() if asset.asset_id in wanted])
    now = clock.now()
    ticks_record(
        [
            a_tick(str(Decimal(100 + DAYS - back)), now - timedelta(days=back), asset_id=asset_id)
            for back in range(DAYS, -1, -1)
            for asset_id in wanted
        ]
    )
