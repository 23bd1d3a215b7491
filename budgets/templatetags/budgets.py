"""Parts of the pages of budgets: `{% load budgets %}`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.domain.expense import Expense
from budgets.presentation import Bar
from core.months import Month
from core.templatetags.cryptopulse import money, signed_money

register = template.Library()


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
def month_name(month: Month) -> str:
    """`November 2026`."""
    return f"{month.first_day:%B} {month.year}"


@register.filter
def day(value: date) -> SafeString:
    """A `<time>` of a day without an hour: `20 Nov 2026`."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), f"{value.day} {value:%b %Y}")


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
    """What is to be said beside its title, if anything."""
    return _first_line(expense.description) if expense.merchant else ""


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else ""
