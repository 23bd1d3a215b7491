"""The carbon diary's first page: one month."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from carbon import selectors
from carbon.presentation.charts import days_of
from carbon.presentation.figures import greenhouse_gases, latest
from carbon.views.months import month_in
from core.accounts.requests import SignedInRequest


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """A month by category and day, goals and standing; at most 5 store requests."""
    shown = month_in(request)
    month = shown.month
    summary = selectors.month_summary(request.user, str(month))
    standing = selectors.achievements_of(request.user)
    context = {
        "shown": shown,
        "summary": summary,
        "by_day": days_of(month, summary.days, level=summary.budget_kg / month.length),
        "even": Decimal(100) * shown.days_so_far / month.length if shown.is_present else None,
        "averages": greenhouse_gases(request.user.country, shown.days_so_far) if shown.days_so_far else [],
        "goals": selectors.goals_with_progress(request.user),
        "standing": standing,
        "latest": latest(standing),
        "has_entries": bool(summary.totals.total.count),
    }
    return render(request, "carbon/home.html", context)
