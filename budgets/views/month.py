"""The month: what was spent, and what is left of each budget."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budgets import selectors
from budgets.domain.days import day_of
from budgets.presentation import month_named, month_page
from core import clock
from core.accounts.requests import SignedInRequest


@never_cache
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The month of `?month=2026-11`, or the current one of the user's calendar; one store request."""
    today = day_of(request.user.time_zone, clock.now())
    month = month_named(request.GET.get("month", ""), today)
    summary = selectors.month_summary(request.user.username, month)
    context = {"page": month_page(summary, today), "currency": request.user.home_currency}
    return render(request, "budgets/month.html", context)
