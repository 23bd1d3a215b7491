"""The page of what was achieved."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from carbon import selectors
from carbon.presentation.figures import nearest
from core.accounts.requests import SignedInRequest


@require_safe
def achievements(request: SignedInRequest) -> HttpResponse:
    """Points, level and streak, what was earned on which day, and what comes next; 2 store requests."""
    standing = selectors.achievements_of(request.user)
    earned = sorted((each for each in standing.achievements if each.reached_on), key=lambda each: each.reached_on)  # type: ignore[arg-type, return-value]
    context = {
        "standing": standing,
        "earned": earned[::-1],
        "open": [each for each in standing.achievements if not each.is_reached],
        "nearest": nearest(standing),
    }
    return render(request, "carbon/achievements.html", context)
