"""The list of entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from carbon import selectors
from carbon.domain.totals import CategoryTotal, PeriodTotals
from carbon.forms.entries import EntriesFilter
from core.accounts.requests import SignedInRequest
from core.form_errors import UNPROCESSABLE
from core.presentation.listing import cursor_in, shown

PAGE = 25
NOTHING: selectors.Rows[Any] = selectors.Rows((), None)
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)


@require_safe
def entry_list(request: SignedInRequest) -> HttpResponse:
    """Entries, newest first, and the sum of all that match; 2 store requests, at most 6 with a kind."""
    form = EntriesFilter(request.GET)
    view = _view(form)
    rows: selectors.Rows[selectors.Entry] = NOTHING
    total = CategoryTotal()
    if form.is_valid():
        rows = selectors.entries_newest(request.user, PAGE, cursor_in(request, view=view), **form.wanted)
        total = _total(request.user.username, form)
    named = {name: form.data[name] for name in form.fields if form.data.get(name)}
    context = {
        "filter": form,
        "filtered": bool(named),
        "page": shown(request, rows, view=view),
        "total": total,
        "export_query": urlencode(named),
        "kind": form.data.get("kind", ""),
    }
    return render(request, "carbon/entries.html", context, status=200 if form.is_valid() else UNPROCESSABLE)


def _total(username: str, form: EntriesFilter) -> CategoryTotal:
    """The sum of everything that matches, on all pages; one request."""
    wanted = form.wanted
    since, until = wanted["since"], wanted["until"]
    periods: Iterable[PeriodTotals]
    if since is None and until is None:
        periods = selectors.months_between(username, f"{FIRST_DAY:%Y-%m}", f"{LAST_DAY:%Y-%m}")
    else:
        periods = selectors.totals_between(username, since or FIRST_DAY, until or LAST_DAY)
    total = sum((each.of(wanted["category"] or "all") for each in periods), CategoryTotal())
    match form.cleaned_data["kind"]:
        case "estimated":
            return CategoryTotal(total.estimated_kg, total.estimated_count, total.estimated_kg, total.estimated_count)
        case "measured":
            return CategoryTotal(total.measured_kg, total.measured_count)
        case _:
            return total


def _view(form: EntriesFilter) -> str:
    """The listing with its filters, for which alone a cursor is good."""
    return f"carbon-entries?{[(field, form.data.get(field, '')) for field in form.fields]}"
