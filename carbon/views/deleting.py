"""Deleting entries and goals, and restoring them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from carbon import selectors, services
from core.accounts.requests import SignedInRequest
from core.errors import Refused
from core.presentation.undo import tell_with_undo


@require_POST
def entry_delete(request: SignedInRequest, entry_id: str) -> HttpResponse:
    """Takes an entry away and out of every sum."""
    try:
        entry = services.entry_delete(request.user, entry_id)
    except Refused as error:
        messages.error(request, error.detail)
        return redirect("carbon:entry", entry_id)
    tell_with_undo(request, "The entry is deleted.", reverse("carbon:entry-restore", args=[entry]))
    return redirect("carbon:entries")


@require_safe
def entries_deleted(request: SignedInRequest) -> HttpResponse:
    """Entries that were deleted in the last 30 days, the latest first."""
    lines = selectors.entries_deleted(request.user.username)
    return render(request, "carbon/entries_deleted.html", {"lines": lines})


@require_POST
def entry_restore(request: SignedInRequest, entry: str) -> HttpResponse:
    """Brings a deleted entry back."""
    try:
        restored = services.entry_restore(request.user, entry)
    except Refused as error:
        messages.error(request, error.detail)
        return redirect("carbon:entries-deleted")
    messages.success(request, "The entry is back, and counts again.")
    return redirect("carbon:entry", restored.entry_id)


@require_POST
def goal_delete(request: SignedInRequest, goal_id: str) -> HttpResponse:
    """Takes a goal away."""
    entry = services.goal_delete(request.user, goal_id)
    tell_with_undo(request, "The goal is deleted.", reverse("carbon:goal-restore", args=[entry]))
    return redirect("carbon:goals")


@require_safe
def goals_deleted(request: SignedInRequest) -> HttpResponse:
    """Goals that were deleted in the last 30 days, the latest first."""
    lines = selectors.goals_deleted(request.user.username)
    return render(request, "carbon/goals_deleted.html", {"lines": lines})


@require_POST
def goal_restore(request: SignedInRequest, entry: str) -> HttpResponse:
    """Brings a deleted goal back."""
    try:
        services.goal_restore(request.user, entry)
    except Refused as error:
        messages.error(request, error.detail)
        return redirect("carbon:goals-deleted")
    messages.success(request, "The goal is back.")
    return redirect("carbon:goals")
