"""The trigger engine: levels on the prices of assets, shared by all that wait for a price.

`nudge(asset_ids)` is called after ticks were written; `look(asset_id)` is the work. Both are imported at their
first use, because the tables of the market include the one of this package.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from market.triggers.engine import Look


def nudge(asset_ids: Sequence[str]) -> None:
    """See `market.triggers.tasks.nudge`."""
    from market.triggers import tasks

    tasks.nudge(asset_ids)


def look(asset_id: str) -> Look:
    """See `market.triggers.engine.look`."""
    from market.triggers import engine

    return engine.look(asset_id)


def catch_up(asset_id: str) -> Look:
    """See `market.triggers.engine.catch_up`."""
    from market.triggers import engine

    return engine.catch_up(asset_id)
