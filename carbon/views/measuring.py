"""Pages that lead from an expense to what it emitted, and put what was measured in the place of an estimate."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from budgets.selectors import Expense, expense_get
from carbon import selectors, services
from carbon.data.spending import spend_book
from carbon.domain.entry import Entry, EntryDraft
from carbon.domain.periods import zone_of
from carbon.forms.entries import EntryForm
from carbon.presentation import figures
from carbon.presentation.figures import why_not_estimated
from carbon.views.entering import Purpose, enter
from carbon.views.entry import entry_edit
from core.accounts.requests import SignedInRequest
from core.errors import NotFound

NOON = time(12)


@require_safe
def expense(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """To what an expense emitted; where nothing stands for it yet, to the page that measures it."""
    found = _entry(request, expense_id)
    if found is None:
        expense_get(request.user.username, expense_id)
        return redirect("carbon:measure", expense_id)
    return redirect("carbon:entry", found.entry_id)


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """Say in litres, kWh or km what an expense was for; what is said counts in place of the estimate, if any."""
    found = _entry(request, expense_id)
    if found is None:
        return _first_measured(request, expense_get(request.user.username, expense_id))
    if not found.is_estimate:  # a form that was open while it was measured elsewhere is an edit of that
        return entry_edit(request, expense_id) if request.method == "POST" else redirect("carbon:entry", expense_id)
    estimate = found

    def save(form: EntryForm, draft: EntryDraft) -> HttpResponse:
        entry = services.expense_measure(request.user, expense_id, draft)
        instead = f"in place of the estimate of {figures.kg(estimate.kg)} kg"
        messages.success(request, f"Measured: {figures.kg_exact(entry.kg)} kg CO₂e, {instead}.")
        return redirect("carbon:entry", entry.entry_id)

    back = reverse("carbon:entry", args=[expense_id])
    purpose = Purpose("Make an estimate exact", "Replace the estimate", back, save, estimate.category, estimate)
    initial = {"timestamp": estimate.timestamp, "description": estimate.description}
    return enter(request, purpose, initial=initial)


def _first_measured(request: SignedInRequest, spent: Expense) -> HttpResponse:
    """The same for an expense that nothing is estimated of; the page says why."""

    def save(form: EntryForm, draft: EntryDraft) -> HttpResponse:
        entry = services.expense_measure(request.user, spent.expense_id, draft)
        messages.success(request, f"Measured: {figures.kg_exact(entry.kg)} kg CO₂e.")
        return redirect("carbon:entry", entry.entry_id)

    book = spend_book()
    why = why_not_estimated(
        spent.category, spent.currency, is_refund=spent.is_refund, categories=book.factors, currencies=book.per_euro
    )
    back = reverse("budgets:expense", args=[spent.expense_id])
    purpose = Purpose("Measure an expense", "Add the entry", back, save, note=why)
    initial = {
        "timestamp": datetime.combine(spent.day, NOON, zone_of(request.user)),
        "description": spent.description or spent.merchant,
    }
    return enter(request, purpose, initial=initial)


def _entry(request: SignedInRequest, expense_id: str) -> Entry | None:
    """What stands for an expense of the user; one request."""
    try:
        return selectors.entry_get(request.user.username, expense_id)
    except NotFound:
        return None
