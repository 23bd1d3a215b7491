"""Filters of the market's pages: `{% load market %}`."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from core.templatetags.cryptopulse import MISSING
from market.presentation import rounded_amount, source_in_words

register = template.Library()


@register.filter
def large(value: Decimal | None) -> SafeString | str:
    """A large amount of the market's, not the reader's own: `1.6 trillion`."""
    return MISSING if value is None else rounded_amount(value)


@register.filter
def source(name: str) -> str:
    """A feed's name in words."""
    return source_in_words(name)
