"""Parts of the pages of reports: `{% load reports %}`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.domain.expense import Expense
from budgets.domain.report import PeriodLine
from budgets.domain.report_days import ReportDays
from budgets.domain.report_words import before_words, called, days_words
from core.presentation import numbers

register = template.Library()

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")


@register.simple_tag
def day_rows_url(days: ReportDays | PeriodLine, category: str = "") -> str:
    """The address of the expenses of these days, of one category or of all."""
    query = {"category": category} if category else {}
    query |= {"from": days.first.isoformat(), "to": days.last.isoformat()}
    return f"{reverse('budgets:expenses')}?{urlencode(query)}"


@register.simple_tag
def share_bar(value: Decimal, most: Decimal) -> SafeString:
    """A bar as long as the value is of the largest; the figure beside it says the same."""
    share = max(value, Decimal(0)) * HUNDRED / most if most > 0 else Decimal(0)
    return format_html(
        '<svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="4" rx="1"/></svg>',
        min(share, HUNDRED).quantize(TENTH, ROUND_HALF_UP),
    )


@register.filter
def in_words(days: ReportDays) -> str:
    """`November 2026`, or from day to day."""
    return days_words(days)


@register.filter
def before_in_words(days: ReportDays) -> str:
    """What the days before these are called."""
    return before_words(days)


@register.filter
def signed_percent(value: Decimal) -> str:
    """A change in percent with its sign."""
    return numbers.signed(numbers.percent(value, 1), value)


@register.filter
def name_in_list(expense: Expense) -> str:
    """What an expense is called in a list."""
    return called(expense)
