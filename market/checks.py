"""System checks of the market's settings."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from market.feeds import configured_feed


@register("market")
def market_feed_makes_sense(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every feed that MARKET_FEED names can be opened: known name, known file, columns and asset."""
    try:
        configured_feed()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/settings.md describes MARKET_FEED.", id="market.E001")]
    return []
