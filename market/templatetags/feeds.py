"""What the feeds say of an asset, for templates: `{% load feeds %}`."""

from django import template
from django.conf import settings

from market.domain import Asset
from market.feeds import feed_of

register = template.Library()


@register.filter
def is_unpriced(asset: Asset) -> bool:
    """Whether no feed prices the asset: what price it has is left over from another time."""
    return not feed_of(settings).covers(asset.asset_id)
