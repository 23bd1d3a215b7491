"""Parts of the pages of budgets and reports: `{% load budgets %}`."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.domain.budget import HUNDRED, TENTH
from budgets.domain.expense import Expense
from budgets.domain.report import PeriodLine
from budgets.domain.report_days import ReportDays
from budgets.presentation import Bar, before_words, called, day_words, days_words
from core.periods import Month
from core.presentation import numbers
from core.templatetags.cryptopulse import money, signed_money

register = template.Library()
register.filter("in_words", days_words)
register.filter("before_in_words", before_words)
register.filter("name_in_list", called)


@register.inclusion_tag("budgets/bar.html")
def budget_bar(bar: Bar) -> dict[str, Any]:
    """The bar of a budget with the mark of the day; the words beside it say the same."""
    return {"bar": bar}


@register.simple_tag
def rows_url(category: str = "", month: Month | None = None) -> str:
    """The address of the expenses of a category and a month, either of which may be left out."""
    query = {"category": category} if category else {}
    if month is not None:
        query |= {"from": month.first_day.isoformat(), "to": month.last_day.isoformat()}
    address = reverse("budgets:expenses")
    return f"{address}?{urlencode(query)}" if query else address


@register.filter
def day(value: date) -> SafeString:
    """A `<time>` of a day without an hour: `20 Nov 2026`."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_words(value))


@register.filter
def cost(amount: Decimal) -> SafeString:
    """What an expense cost; a refund with a plus, as it came back. Hidden in privacy mode."""
    return signed_money(-amount) if amount < 0 else money(amount)


@register.filter
def title(expense: Expense) -> str:
    """What an expense is called: who was paid, else what for, else its category."""
    return expense.merchant or _first_line(expense.description) or expense.category


@register.filter
def subtitle(expense: Expense) -> str:
    """What is shown beside its title, if anything."""
    return _first_line(expense.description) if expense.merchant else ""


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
def signed_percent(value: Decimal) -> str:
    """A change in percent with its sign."""
    return numbers.signed(numbers.percent(value, 1), value)


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else ""
