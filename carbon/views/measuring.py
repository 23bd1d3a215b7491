"""The page that puts what was measured in the place of an estimate."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from carbon import selectors, services
from carbon.domain.entry import EntryDraft
from carbon.presentation import figures
from carbon.views.entering import Purpose, enter
from core.accounts.requests import SignedInRequest
from core.ids import new_id


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """Say in litres, kWh or km what an expense was for; what is said counts in place of the estimate."""
    estimate = selectors.entry_get(request.user.username, expense_id)
    if not estimate.is_estimate:
        return redirect("carbon:entry-edit", expense_id)

    def save(form_id: str, draft: EntryDraft, version: int | None) -> HttpResponse:
        entry = services.expense_measure(request.user, expense_id, draft)
        instead = f"in place of the estimate of {figures.kg(estimate.kg)} kg"
        messages.success(request, f"Measured: {figures.kg_exact(entry.kg)} kg CO₂e, {instead}.")
        return redirect("carbon:entry", entry.entry_id)

    purpose = Purpose(
        "Make an estimate exact",
        "Replace the estimate",
        reverse("carbon:entry", args=[expense_id]),
        save,
        estimate.category,
        estimate,
    )
    at = estimate.timestamp
    initial = {"id": new_id(), "timestamp": at, "description": estimate.description}
    return enter(request, purpose, initial=initial)
