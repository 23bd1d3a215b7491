"""Pages that only look: a month, the year until it from all sides, and what was achieved."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from carbon import selectors
from carbon.domain.goal import ALL
from carbon.presentation.charts import days_of, year_until
from carbon.presentation.figures import every_basis, greenhouse_gases, latest, nearest
from carbon.presentation.months import month_of_text, years_first
from core import clock
from core.accounts.requests import SignedInRequest
from core.periods import Month


@dataclass(frozen=True, slots=True)
class Shown:
    """A month on a page. today: the user's day. days_so_far: days of it that have begun; all of a month that is over.

    following: None for the present month and those after it.
    """

    month: Month
    today: date

    @property
    def is_present(self) -> bool:
        """Whether it is the month of today."""
        return self.month == Month.of(self.today)

    @property
    def days_so_far(self) -> int:
        """How many of its days have begun; 0 for a month to come."""
        if self.month > Month.of(self.today):
            return 0
        return self.today.day if self.is_present else self.month.length

    @property
    def before(self) -> Month:
        """The month before."""
        return self.month.shifted(-1)

    @property
    def following(self) -> Month | None:
        """The month after it, as far as there is one that has begun."""
        after = self.month.shifted(1)
        return after if after <= Month.of(self.today) else None


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """A month by category and day, goals and score; at most 5 store requests."""
    shown = _month_in(request)
    month = shown.month
    summary = selectors.month_summary(request.user, month)
    score = selectors.achievements_of(request.user)
    context = {
        "shown": shown,
        "summary": summary,
        "by_day": days_of(month, summary.days, level=summary.budget_kg / month.length),
        "even": Decimal(100) * shown.days_so_far / month.length if shown.is_present else None,
        "averages": greenhouse_gases(request.user.country, shown.days_so_far) if shown.days_so_far else [],
        "goals": selectors.goals_with_progress(request.user),
        "score": score,
        "latest": latest(score),
        "has_entries": bool(summary.totals.total.count),
    }
    return render(request, "carbon/home.html", context)


@require_safe
def analytics(request: SignedInRequest) -> HttpResponse:
    """A month by category, by day, and among twelve months; of one category where `?category=` says so.

    2 store requests.
    """
    shown = _month_in(request)
    month = shown.month
    chosen = request.GET.get("category", "")
    category = chosen if chosen in selectors.CATEGORIES else ALL
    summary = selectors.month_summary(request.user, month)
    months = selectors.months_between(request.user.username, years_first(month), month)
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


@require_safe
def achievements(request: SignedInRequest) -> HttpResponse:
    """Points, level and streak, what was earned on which day, and what comes next; 2 store requests."""
    score = selectors.achievements_of(request.user)
    earned = sorted((each for each in score.achievements if each.reached_on), key=lambda each: each.reached_on)  # type: ignore[arg-type, return-value]
    context = {
        "score": score,
        "earned": earned[::-1],
        "open": [each for each in score.achievements if not each.is_reached],
        "nearest": nearest(score),
    }
    return render(request, "carbon/achievements.html", context)


def _month_in(request: SignedInRequest) -> Shown:
    """The month in `?month=`, the present one without it, and with a message where it is not a month."""
    today = timezone.localdate(clock.now())
    text = request.GET.get("month", "")
    if not text:
        return Shown(Month.of(today), today)
    try:
        return Shown(month_of_text(text), today)
    except ValueError:
        messages.warning(request, "This is not a month, so the current one is shown. Enter a month like 2026-11.")
        return Shown(Month.of(today), today)
