"""Filters and tags of the carbon diary's figures: `{% load carbon %}`.

What a user emitted is as private as money: kg come in `<span class="amount">`, which privacy mode hides. Percentages,
shapes and published factors are never hidden.
"""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS, Entry
from carbon.domain.factor import WORLD, Factor
from carbon.domain.spend import UNIT as POUNDS_OF_2023
from carbon.domain.totals import PeriodTotals
from carbon.presentation import figures
from carbon.presentation.charts import Share, shares_of
from core.accounts import places
from core.presentation import numbers
from core.templatetags.cryptopulse import AMOUNT, MISSING

register = template.Library()

ACHIEVEMENT_ICONS = {
    "entries": "pencil-square",
    "streak_days": "fire",
    "reduction_percent": "arrow-trending-down",
    "goals_set": "flag",
    "goals_met": "trophy",
    "kg_saved": "scale",
}


@register.filter
def kg(value: Decimal | None) -> SafeString:
    """Kilograms with their unit: `16.15 kg`; a dash where not known."""
    return MISSING if value is None else format_html(AMOUNT, f"{figures.kg(value)}{numbers.NO_BREAK_SPACE}kg")


@register.filter
def kg_bare(value: Decimal | None) -> SafeString:
    """Kilograms without their unit, for a column that names it."""
    return MISSING if value is None else format_html(AMOUNT, figures.kg(value))


@register.filter
def kg_exact(value: Decimal | None) -> SafeString:
    """Kilograms with every decimal that is kept."""
    return MISSING if value is None else format_html(AMOUNT, f"{figures.kg_exact(value)}{numbers.NO_BREAK_SPACE}kg")


@register.filter
def kg_text(value: Decimal) -> str:
    """Kilograms as bare text, for figures that are of no user: `468.00 kg`."""
    return f"{figures.kg(value)}{numbers.NO_BREAK_SPACE}kg"


@register.filter
def factor_figure(value: Decimal | None) -> SafeString | str:
    """A published factor, exactly."""
    return MISSING if value is None else numbers.quantity(value)


@register.inclusion_tag("carbon/big_kg.html")
def big_kg(value: Decimal) -> dict[str, str]:
    """The one big figure of a page, its decimals smaller."""
    whole, decimals = numbers.grouped(value, Decimal("0.01")).split(".")
    return {"whole": whole, "decimals": decimals}


@register.filter
def amount_with_unit(entry: Entry) -> SafeString:
    """How much was done: `100 km`; money in pounds of 2023. Without the persons in the vehicle."""
    if entry.unit == POUNDS_OF_2023:
        return format_html(AMOUNT, f"£{numbers.money(entry.amount)} of 2023")
    amount = numbers.quantity(entry.amount)
    return format_html(AMOUNT, f"{amount}{numbers.NO_BREAK_SPACE}{figures.unit_label(entry.unit)}")


@register.filter
def factor_unit(name: str) -> str:
    """The unit of a factor, one of it: `vehicle km`."""
    return figures.factor_unit_label(name)


@register.filter
def source_and_year(factor: Factor) -> str:
    """Who published a factor and for which year, the year once: `UK Government GHG conversion factors 2026 (DESNZ)`."""
    return factor.source if str(factor.year) in factor.source else f"{factor.source}, {factor.year}"


@register.filter
def points(value: int) -> str:
    """Points of the game: `25,000`."""
    return f"{value:,}"


@register.filter
def achievement_icon(kind: str) -> str:
    """The name of the icon of a kind of achievement."""
    return ACHIEVEMENT_ICONS[kind]


@register.filter
def region(code: str) -> str:
    """Where a factor holds: the country's name, or `World`."""
    return "World" if code == WORLD else places.countries().get(code, code)


@register.filter
def category(name: str) -> str:
    """What people call a category; `Everything` for all of them."""
    return CATEGORY_LABELS.get(name, "Everything")


@register.simple_tag
def shares(totals: PeriodTotals) -> list[Share]:
    """The categories of a period that have something, in their own order, with their places in a bar of 100."""
    return shares_of(totals, CATEGORIES)


@register.inclusion_tag("carbon/factor_line.html")
def factor_line(factor: Factor) -> dict[str, Any]:
    """A factor in one line: its figure and unit, who published it, for which year and region."""
    return {"factor": factor}


@register.inclusion_tag("carbon/gauge.html")
def gauge(percent: Decimal, label: str, even: Decimal | None = None) -> dict[str, Any]:
    """A bar of how much of a limit is used; `even` marks how much is used by now if it is used evenly."""
    state = "over" if percent > 100 else "near" if percent >= 80 else ""
    return {"used": min(percent, Decimal(100)), "state": state, "label": label, "even": even}
