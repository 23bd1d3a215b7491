"""Filters of the market's pages: `{% load market %}`."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from core import clock
from core.currencies import BASE
from core.templatetags.cryptopulse import MISSING
from market.domain import Asset
from market.feeds import configured_feed, kind_of_source
from market.presentation import rounded_amount, source_in_words

register = template.Library()


@register.filter
def large(value: Decimal | None) -> SafeString | str:
    """A large amount of the market, not of the reader: `1.6 trillion`."""
    return MISSING if value is None else rounded_amount(value)


@register.filter
def shown_price(asset: Asset) -> str:
    """An asset and the time of its price, as in a pushed price: what an open page has seen already."""
    at = "" if asset.price_at is None else clock.to_text(asset.price_at)
    return f"{asset.asset_id}={at}"


@register.filter
def is_unpriced(asset: Asset) -> bool:
    """Whether no feed prices the asset: a price that it has is from a feed of before."""
    return not configured_feed().covers(asset.asset_id)


@register.filter
def priced_in(source: str) -> str:
    """What a feed's prices are in, in words."""
    kind = kind_of_source(source)
    return BASE.many if kind is None else kind.priced_in


@register.filter
def source(name: str) -> str:
    """A feed's name in words."""
    return source_in_words(name)
