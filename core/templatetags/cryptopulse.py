"""Template tags and filters of every page: `{% load cryptopulse %}`.

Amounts that belong to the reader (money, quantities) come in `<span class="amount">`, which privacy mode hides;
prices and percentages are never hidden. What is missing shows as a dash, never as zero. For attributes and titles,
where markup has no place, there is `money_text`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_outline

from core import clock
from core.forms import EditForm, NumberField
from core.money import CENT, Money
from core.paging import next_cursor
from core.presentation import curve, moments, numbers, series
from core.reading import Rows

register = template.Library()

MISSING = format_html(
    '<span class="muted"><span aria-hidden="true">{}</span><span class="unseen">{}</span></span>', "–", "not known"
)
TREND_DAYS = 30
AMOUNT = '<span class="amount">{}</span>'
DRAWN_HERE = {
    "leaf": "M4.5 20c1-4.9 4-8.6 9-11M6.6 16.9c-2.4-6.3 2.2-12 13.4-12.9.7 9.4-3 15-9.2 14.4-1.7-.2-3.1-.7-4.2-1.5Z",
}
"""Icons that heroicons does not have, as the path in a box of 24."""


@register.filter
def money(value: Decimal | None) -> SafeString:
    """An amount with two decimals, hidden in privacy mode."""
    return MISSING if value is None else format_html(AMOUNT, numbers.money(value))


@register.filter
def amount(value: Money) -> SafeString:
    """An amount with the code of its currency, hidden in privacy mode."""
    return format_html(AMOUNT, numbers.amount(value))


@register.filter
def in_currency(value: Decimal | None, currency: str) -> Money | None:
    """The amount with its currency, for `big_money`."""
    return None if value is None else Money(value, currency)


@register.filter
def signed_money(value: Decimal) -> SafeString:
    """A movement of money with its sign: neither gain nor loss, so without colour; hidden in privacy mode."""
    return format_html(AMOUNT, numbers.signed(numbers.money(value), value))


@register.filter
def price(value: Decimal | None) -> SafeString | str:
    """A market price, precise enough for small coins."""
    return MISSING if value is None else numbers.price(value)


@register.filter
def quantity(value: Decimal | None) -> SafeString:
    """A quantity of an asset, hidden in privacy mode."""
    return MISSING if value is None else format_html(AMOUNT, numbers.quantity(value))


@register.filter
def percent(value: Decimal | None, places: int = 2) -> SafeString | str:
    """A figure in percent."""
    return MISSING if value is None else numbers.percent(value, places)


@register.filter
def moment(value: datetime | None) -> SafeString:
    """A `<time>`: relative within a day, else day and hour in the reader's zone; the exact time as its title."""
    if value is None:
        return MISSING
    zone = timezone.get_current_timezone()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        clock.to_text(value),
        moments.full(value, zone),
        moments.short(value, clock.now(), zone),
    )


@register.filter
def ago(value: datetime | None) -> SafeString | str:
    """How long ago, as bare text: `4 min ago`."""
    return MISSING if value is None else moments.ago(value, clock.now())


@register.filter
def age(value: datetime) -> str:
    """How long ago, in one unit and without `ago`: `4 s`."""
    return moments.age(clock.now() - value)


@register.simple_tag
def change(amount: Decimal | None, percent: Decimal | None = None) -> SafeString:
    """A gain or a loss by sign, icon and colour; either figure may be None. What rounds to 0.00 is neither."""
    leading = percent if amount is None else amount
    if leading is None:
        return MISSING
    leading = leading.quantize(CENT, ROUND_HALF_UP)
    figures: list[str] = []
    if amount is not None:
        figures.append(format_html(AMOUNT, numbers.signed(numbers.money(amount), amount)))
    if percent is not None:
        share = numbers.signed(numbers.percent(percent), percent)
        figures.append(f"({share})" if figures else share)
    kind, name = ("up", "arrow-up-right") if leading > 0 else ("down", "arrow-down-right")
    text = format_html_join(" ", "{}", ((figure,) for figure in figures))
    if leading == 0:
        return format_html('<span class="flat">{}</span>', text)
    return format_html('<span class="{}">{} {}</span>', kind, icon(name, size=14), text)


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 20) -> SafeString:
    """A heroicon in outline, or one drawn here; decorative, so the text beside it must say the same."""
    if name in DRAWN_HERE:
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
            'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" width="{0}" height="{0}" class="icon" '
            'aria-hidden="true" focusable="false"><path d="{1}"/></svg>',
            size,
            DRAWN_HERE[name],
        )
    attributes: dict[str, object] = {"class": "icon", "aria_hidden": "true", "focusable": "false"}
    return SafeString(heroicon_outline(name, size=size, **attributes))


@register.simple_tag
def sparkline(values: Sequence[Decimal], label: str) -> SafeString:
    """A small curve of the values, oldest first; `label` says in words what it shows. Nothing for under two values."""
    data = curve.path(values)
    if not data:
        return SafeString("")
    box = f"0 0 {curve.WIDTH} {curve.HEIGHT}"
    return format_html(
        '<svg class="spark" viewBox="{}" role="img" aria-label="{}"><path d="{}"/></svg>', box, label, data
    )


@register.simple_tag
def trend(closes: Sequence[tuple[date, Decimal]], days: int = TREND_DAYS) -> SafeString:
    """A sparkline of the last daily closes, oldest first, with its change in words. Nothing for under two days."""
    values = [close for _, close in closes[-days:]]
    if len(values) < 2 or not values[0]:
        return SafeString("")
    change = numbers.percent((values[-1] / values[0] - 1) * 100, 1)
    direction = "down" if change.startswith(numbers.MINUS) else "up"
    return sparkline(values, f"{direction} {change.lstrip(numbers.MINUS)} in {len(values)} days")


@register.simple_tag
def series_rows(rows: Sequence[series.SeriesRow]) -> SafeString:
    """The rows of a table of figures in time."""
    return series.rows_html(rows)


@register.inclusion_tag("components/area_chart.html")
def area_chart(values: Sequence[Decimal], label: str, beside: Sequence[Decimal] = ()) -> dict[str, Any]:
    """A wide curve with its ground filled, drawn here so that it needs no script; at least two values.

    `beside` is a second, quiet curve of as many values, to the same scale.
    """
    width, height = 800, 210
    return {
        "width": width,
        "height": height,
        "path": curve.path(values, width, height, beside=beside),
        "beside": curve.path(beside, width, height, beside=values),
        "label": label,
    }


@register.inclusion_tag("components/big_money.html")
def big_money(value: Money | None) -> dict[str, str | None]:
    """The one big figure of a page, its cents smaller."""
    if value is None:
        return {"whole": None}
    whole, _, cents = numbers.with_sign(value).rpartition(".")
    return {"whole": whole, "cents": cents}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Label, control, hint and errors of one form field, wired by `aria-describedby` and `aria-invalid`."""
    described_by = []
    if bound.help_text:
        described_by.append(f"{bound.auto_id}_hint")
    if bound.errors:
        described_by.append(f"{bound.auto_id}_error")
    attributes: dict[str, str | bool] = {"aria-invalid": "true"} if bound.errors else {}
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    widget = bound.field.widget
    grouped = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes),
        "kind": "group" if grouped else "check" if isinstance(widget, forms.CheckboxInput) else "line",
        "optional": not bound.field.required and not isinstance(widget, forms.CheckboxInput),
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole, which fields to look at, and what is stored where it was overtaken."""
    faulty = [bound for bound in form.visible_fields() if bound.errors]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    differing = form.differing if isinstance(form, EditForm) and form.is_overtaken else []
    stored = [(bound.label, _stored(bound)) for bound in differing]
    return {"general": [*form.non_field_errors(), *hidden], "fields": faulty, "stored": stored}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str, url: str = "", label: str = "") -> dict[str, str]:
    """What an empty page is for, with its one primary button."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Rows[Any]) -> dict[str, str | None]:
    """Links to the next rows and back to the newest."""
    request: HttpRequest = context["request"]
    following = next_cursor(request, page)
    return {
        "first": _query(request, cursor=None) if request.GET.get("cursor") else None,
        "next": _query(request, cursor=following) if following else None,
    }


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, label: str, name: str, default: str = "", numeric: bool = False, shown: str = ""
) -> dict[str, Any]:
    """A column heading that sorts through `?sort=name` or `?sort=-name`; `default` is the sort without a query.

    shown: the class that says where there is room for the column, `wide-only` or `desk-only`; empty: everywhere.
    """
    request: HttpRequest = context["request"]
    current = request.GET.get("sort") or default
    direction = {name: "ascending", f"-{name}": "descending"}.get(current)
    wanted = name if direction == "descending" or (direction is None and not numeric) else f"-{name}"
    return {
        "label": label,
        "direction": direction,
        "query": _query(request, sort=wanted, cursor=None),
        "numeric": numeric,
        "shown": shown,
    }


def _stored(bound: BoundField) -> SafeString | str:
    """The value that is stored of a field, in words."""
    value: Any = bound.initial
    field: Any = bound.field
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = dict(choices)
        chosen = value if isinstance(field, forms.MultipleChoiceField) else [value]
        return ", ".join(str(labels.get(each, each)) for each in chosen) or "none"
    if isinstance(field, forms.BooleanField):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y, %H:%M}" if isinstance(value, datetime) else f"{value.day} {value:%B %Y}"
    if value in (None, ""):
        return "empty"
    return format_html(AMOUNT, value) if isinstance(field, NumberField) else str(value)


def _query(request: HttpRequest, **changed: str | None) -> str:
    """The address's query with some names changed, or dropped where None; always begins with `?`."""
    query = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"
