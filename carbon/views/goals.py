"""Pages of the goals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from carbon import selectors, services
from carbon.domain.goal import Goal
from carbon.forms.goals import GoalForm, initial_of
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.telling import UNPROCESSABLE, renewed, tell

NAMES = {"goal_period": "period"}


@require_safe
def goal_list(request: SignedInRequest) -> HttpResponse:
    """Every goal in its present period; at most 2 store requests."""
    return render(request, "carbon/goals.html", {"goals": selectors.goals_with_progress(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: SignedInRequest) -> HttpResponse:
    """Set a goal."""
    if request.method != "POST":
        return _shown(request, GoalForm())
    form = GoalForm(request.POST)
    if form.is_valid():
        try:
            services.goal_add(request.user, goal_id=form.cleaned_data["id"], draft=form.draft)
        except (InvalidInput, Refused) as error:
            tell(form, error, NAMES)
        else:
            messages.success(request, "The goal is set. It is judged anew with every entry.")
            return redirect("carbon:goals")
    return _shown(request, renewed(form), status=UNPROCESSABLE)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: SignedInRequest, goal_id: str) -> HttpResponse:
    """Change a goal."""
    goal = selectors.goal_get(request.user.username, goal_id)
    if request.method != "POST":
        return _shown(request, GoalForm(initial=initial_of(goal)), goal)
    form = GoalForm(request.POST)
    if form.is_valid():
        try:
            services.goal_change(request.user, goal_id, form.draft, version=form.cleaned_data["version"])
        except (InvalidInput, Refused) as error:
            tell(form, error, NAMES)
        else:
            messages.success(request, "Saved.")
            return redirect("carbon:goals")
    return _shown(request, renewed(form), goal, status=UNPROCESSABLE)


def _shown(request: SignedInRequest, form: GoalForm, goal: Goal | None = None, status: int = 200) -> HttpResponse:
    return render(request, "carbon/goal_form.html", {"form": form, "goal": goal}, status=status)
