"""Pages of the goals."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from carbon import selectors, services
from carbon.forms.goals import GoalForm, initial_of
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form

FORM_PAGE = "carbon/goal_form.html"
NAMES = {"goal_period": "period"}


@require_safe
def goal_list(request: SignedInRequest) -> HttpResponse:
    """Every goal in its present period; at most 2 store requests."""
    return render(request, "carbon/goals.html", {"goals": selectors.goals_with_progress(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: SignedInRequest) -> HttpResponse:
    """Set a goal."""
    form = GoalForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        services.goal_add(request.user, goal_id=form.cleaned_data["id"], draft=form.draft)
        messages.success(request, "The goal was saved. It is updated with every entry.")

    return _form_page(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: SignedInRequest, goal_id: str) -> HttpResponse:
    """Change a goal. Where it was changed in the meantime, what was typed stays, beside what is stored now."""
    goal = selectors.goal_get(request.user.username, goal_id)
    form = GoalForm(request.POST if request.method == "POST" else None, initial=initial_of(goal))

    def save() -> None:
        services.goal_change(request.user, goal_id, form.draft, version=form.seen)
        messages.success(request, "Saved.")

    return _form_page(request, form, save, goal=goal)


def _form_page(request: SignedInRequest, form: GoalForm, save: Callable[[], None], **context: Any) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            save()
        except (InvalidInput, Refused) as error:
            add_errors(form, error, NAMES)
        else:
            return redirect("carbon:goals")
    return render_form(request, FORM_PAGE, form, **context)
