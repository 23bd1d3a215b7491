"""Template filters of notifications: `{% load alerts %}`."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from alerts.channels import CHANNELS

register = template.Library()

NUMBER = re.compile(r"(\d[\d,]*+(?:\.\d\d(?!\d))?+)")
"""A run of digits and commas, wholly taken at its first digit; with two decimals it is an amount.

So `core.presentation.numbers.money` writes it; kg are written so, too.
"""
WHOLLY_PRIVATE = ("order",)
"""Kinds whose every word may tell what the reader owns."""
WITH_AMOUNTS = ("budget_alert", "budget_exceeded", "large_expense", "import_summary", "carbon_goal")
"""Kinds that name the reader's money or emissions among words and percentages that may be seen."""


@register.filter
def mark_private(text: str, kind: str) -> SafeString:
    """Words of a notification, with all that privacy mode hides marked: of an order everything, of budgets the amounts."""
    if kind in WHOLLY_PRIVATE:
        return format_html('<span class="private">{}</span>', text)
    if kind not in WITH_AMOUNTS:
        return conditional_escape(text)
    return SafeString("".join(conditional_escape(_marked(part)) for part in NUMBER.split(text)))


def _marked(part: str) -> str:
    """What is between numbers, or a number, marked where it is an amount."""
    is_amount = part[:1].isdigit() and "." in part
    return format_html('<span class="amount">{}</span>', part) if is_amount else part


@register.filter
def channel(name: str) -> str:
    """A channel's name as pages say it; that of one of an earlier release as it is."""
    return CHANNELS[name].label if name in CHANNELS else name


@register.filter
def is_private(kind: str) -> bool:
    """Whether a notification of this kind names what privacy mode hides."""
    return kind in WHOLLY_PRIVATE or kind in WITH_AMOUNTS
