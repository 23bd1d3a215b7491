"""Template filters of notifications: `{% load alerts %}`."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from alerts.channels import CHANNELS
from alerts.domain.kinds import NotificationKind, Privacy

register = template.Library()

NUMBER = re.compile(r"(\d[\d,]*+(?:\.\d\d(?!\d))?+)")
"""A run of digits and commas, wholly taken at its first digit; with two decimals it is an amount, of money or kg, as
`core.presentation.numbers.money` writes it.
"""


@register.filter
def mark_private(text: str, kind: str) -> SafeString:
    """The words of a notification of this kind, with all that privacy mode hides marked."""
    match NotificationKind(kind).traits.privacy:
        case Privacy.ALL:
            return format_html('<span class="private">{}</span>', text)
        case Privacy.AMOUNTS:
            return SafeString("".join(conditional_escape(_marked(part)) for part in NUMBER.split(text)))
        case Privacy.NOTHING:
            return conditional_escape(text)


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
    return NotificationKind(kind).traits.privacy is not Privacy.NOTHING
