"""Deleting alerts, and restoring them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from alerts import selectors, services
from core.accounts.requests import SignedInRequest
from core.errors import Refused
from core.presentation.undo import tell_with_undo


@require_POST
def alert_delete(request: SignedInRequest, alert_id: str) -> HttpResponse:
    """Takes the alert away."""
    entry = services.alert_delete(request.user, alert_id)
    text = "The alert is deleted. What it told stays under Notifications."
    tell_with_undo(request, text, reverse("alerts:restore", args=[entry]))
    return redirect("alerts:list")


@require_safe
def deleted_list(request: SignedInRequest) -> HttpResponse:
    """What was deleted in the last 30 days, the latest first."""
    lines = [
        (thrown, alert, alert.terms.condition.text) for thrown, alert in selectors.alerts_deleted(request.user.username)
    ]
    return render(request, "alerts/deleted.html", {"lines": lines})


@require_POST
def alert_restore(request: SignedInRequest, entry: str) -> HttpResponse:
    """Brings a deleted alert back."""
    try:
        alert = services.alert_restore(request.user, entry)
    except Refused as error:
        messages.error(request, error.detail)
        return redirect("alerts:deleted")
    messages.success(request, "The alert is back. If it was watching, it watches from the price of now.")
    return redirect("alerts:detail", alert.alert_id)
