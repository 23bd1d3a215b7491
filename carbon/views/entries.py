"""Pages of the entries: the list, and one that is added, looked at, changed, or measured in place of an estimate."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from budgets.selectors import Expense, expense_get
from carbon import selectors, services
from carbon.data.spend_book import spend_book
from carbon.domain.entry import EntryDraft, EntryFilter
from carbon.domain.totals import CategoryTotal, PeriodTotals
from carbon.forms.entries import EntryForm, initial_of
from carbon.forms.filters import EntriesFilter
from carbon.presentation import figures
from carbon.presentation.figures import why_not_estimated
from carbon.views.entry_form import Purpose, enter
from core import clock
from core.accounts.requests import SignedInRequest
from core.clock import FIRST_DAY, LAST_DAY
from core.form_errors import render_form
from core.paging import cursor_or_first
from core.periods import Month

PAGE = 25
NOTHING: selectors.Rows[Any] = selectors.Rows((), None)
NOON = time(12)


@require_safe
def entry_list(request: SignedInRequest) -> HttpResponse:
    """Entries, newest first, and the sum of all that match; 2 store requests, at most 6 with a kind."""
    form = EntriesFilter(request.GET)
    rows: selectors.Rows[selectors.Entry] = NOTHING
    total = CategoryTotal()
    if form.is_valid():
        rows = selectors.entries_newest(request.user, PAGE, cursor_or_first(request), form.wanted)
        total = _total(request.user.username, form.wanted)
    named = {name: form.data[name] for name in form.fields if form.data.get(name)}
    context = {
        "filter": form,
        "filtered": bool(named),
        "page": rows,
        "total": total,
        "export_query": urlencode(named),
        "kind": form.data.get("kind", ""),
    }
    return render_form(request, "carbon/entries.html", form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_add(request: SignedInRequest) -> HttpResponse:
    """Choose an activity (`?activity=`, an id or what people call it), then say how much of it."""

    def save(form: EntryForm, draft: EntryDraft) -> HttpResponse:
        entry = services.entry_add(request.user, entry_id=form.cleaned_data["id"], draft=draft)
        messages.success(request, f"Added: {figures.kg_exact(entry.kg)} kg CO₂e.")
        return redirect("carbon:entry", entry.entry_id)

    purpose = Purpose("Add a carbon entry", "Add the entry", reverse("carbon:entries"), save)
    return enter(request, purpose, initial={"timestamp": timezone.localtime(clock.now())})


@require_safe
def entry_detail(request: SignedInRequest, entry_id: str) -> HttpResponse:
    """What an entry came to, and by which factor; one store request."""
    return render(request, "carbon/entry.html", {"entry": selectors.entry_get(request.user.username, entry_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: SignedInRequest, entry_id: str) -> HttpResponse:
    """Change a measured entry; an estimate is measured instead."""
    entry = selectors.entry_get(request.user.username, entry_id)
    if entry.is_estimate:
        return redirect("carbon:measure", entry_id)

    def save(form: EntryForm, draft: EntryDraft) -> HttpResponse:
        changed = services.entry_change(request.user, entry_id, draft, version=form.seen)
        messages.success(request, f"Saved: {figures.kg_exact(changed.kg)} kg CO₂e.")
        return redirect("carbon:entry", entry_id)

    purpose = Purpose("Edit the entry", "Save", reverse("carbon:entry", args=[entry_id]), save, entry.category, entry)
    return enter(request, purpose, initial=initial_of(entry), activity=entry.activity)


@require_safe
def expense(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """To the entry of an expense; where there is none yet, to the page that measures it."""
    found = selectors.entry_find(request.user.username, expense_id)
    if found is None:
        expense_get(request.user.username, expense_id)
        return redirect("carbon:measure", expense_id)
    return redirect("carbon:entry", found.entry_id)


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """Enter in litres, kWh or km what an expense was for; this counts in place of the estimate, if there is one."""
    found = selectors.entry_find(request.user.username, expense_id)
    if found is not None and not found.is_estimate:
        # a form that was open while it was measured elsewhere is an edit of that
        return entry_edit(request, expense_id) if request.method == "POST" else redirect("carbon:entry", expense_id)

    def save(form: EntryForm, draft: EntryDraft) -> HttpResponse:
        entry = services.expense_measure(request.user, expense_id, draft)
        instead = f", in place of the estimate of {figures.kg(found.kg)} kg" if found else ""
        messages.success(request, f"Measured: {figures.kg_exact(entry.kg)} kg CO₂e{instead}.")
        return redirect("carbon:entry", entry.entry_id)

    if found is None:
        spent = expense_get(request.user.username, expense_id)
        back = reverse("budgets:expense", args=[expense_id])
        purpose = Purpose("Measure an expense", "Add the entry", back, save, note=_why_not_estimated(spent))
        noon = datetime.combine(spent.day, NOON, request.user.zone)
        return enter(request, purpose, initial={"timestamp": noon, "description": spent.description or spent.merchant})
    back = reverse("carbon:entry", args=[expense_id])
    purpose = Purpose("Make an estimate exact", "Replace the estimate", back, save, found.category, found)
    return enter(request, purpose, initial={"timestamp": found.timestamp, "description": found.description})


def _total(username: str, wanted: EntryFilter) -> CategoryTotal:
    """The sum of everything that matches, on all pages; one request."""
    periods: Iterable[PeriodTotals]
    if wanted.since is None and wanted.until is None:
        periods = selectors.months_between(username, Month.of(FIRST_DAY), Month.of(LAST_DAY))
    else:
        periods = selectors.totals_between(username, wanted.since or FIRST_DAY, wanted.until or LAST_DAY)
    total = sum((each.of(wanted.category or "all") for each in periods), CategoryTotal())
    if wanted.estimates is None:
        return total
    if wanted.estimates:
        return CategoryTotal(total.estimated_kg, total.estimated_count, total.estimated_kg, total.estimated_count)
    return CategoryTotal(total.measured_kg, total.measured_count)


def _why_not_estimated(spent: Expense) -> str:
    book = spend_book()
    return why_not_estimated(
        spent.category, spent.currency, is_refund=spent.is_refund, categories=book.factors, currencies=book.per_euro
    )
