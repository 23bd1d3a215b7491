"""The page that looks at a month and the year until it from all sides."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from carbon import selectors
from carbon.domain.goal import ALL
from carbon.presentation.charts import days_of, year_until
from carbon.presentation.figures import every_basis
from carbon.presentation.months import years_first
from carbon.views.months import month_in
from core.accounts.requests import SignedInRequest


@require_safe
def analytics(request: SignedInRequest) -> HttpResponse:
    """A month by category, by day, and among twelve months; of one category where `?category=` says so.

    2 store requests.
    """
    shown = month_in(request)
    month = shown.month
    chosen = request.GET.get("category", "")
    category = chosen if chosen in selectors.CATEGORIES else ALL
    summary = selectors.month_summary(request.user, str(month))
    months = selectors.months_between(request.user.username, str(years_first(month)), str(month))
    budget = summary.budget_kg if category == ALL else None
    context = {
        "shown": shown,
        "summary": summary,
        "category": "" if category == ALL else category,
        "categories": [("", "All"), *selectors.CATEGORY_LABELS.items()],
        "total": summary.totals.of(category),
        "by_day": days_of(month, summary.days, category, level=budget and budget / month.length),
        "first_month": years_first(month),
        "by_month": year_until(month, months, category, level=budget),
        "bases": every_basis(request.user.country, shown.days_so_far) if shown.days_so_far else [],
    }
    return render(request, "carbon/analytics.html", context)
