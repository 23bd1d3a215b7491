"""Deleting expenses, and restoring them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from budgets import selectors, services
from core.accounts.requests import SignedInRequest
from core.presentation.undo import tell_with_undo


@require_POST
def expense_delete(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """Takes the expense away."""
    entry = services.expense_delete(request.user, expense_id)
    tell_with_undo(request, "The expense is deleted.", reverse("budgets:expense-restore", args=[entry]))
    return redirect("budgets:expenses")


@require_safe
def deleted_list(request: SignedInRequest) -> HttpResponse:
    """What was deleted in the last 30 days, the latest first; one store request."""
    return render(request, "budgets/deleted.html", {"lines": selectors.expenses_deleted(request.user.username)})


@require_POST
def expense_restore(request: SignedInRequest, entry: str) -> HttpResponse:
    """Brings a deleted expense back."""
    expense = services.expense_restore(request.user, entry)
    messages.success(request, "The expense is back.")
    return redirect("budgets:expense", expense.expense_id)
