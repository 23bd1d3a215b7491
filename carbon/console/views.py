"""Pages of the staff about factors."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from carbon import selectors, services
from carbon.console.forms import FactorForm
from carbon.presentation.catalogue import matching
from carbon.rights import CHANGE_FACTORS
from core import clock
from core.accounts.requests import SignedInRequest
from core.console.guard import staff_page
from core.errors import InvalidInput
from core.form_errors import add_errors, render_form
from core.paging import cursor_or_first, slice_of

PAGE = 50
LONGEST_SEARCH = 100


@staff_page(CHANGE_FACTORS)
@require_safe
def factor_list(request: HttpRequest) -> HttpResponse:
    """The newest factor of each activity, region and unit, those that are out of date marked; 1 store request."""
    words = request.GET.get("q", "")[:LONGEST_SEARCH]
    only_stale = request.GET.get("stale") == "on"
    today = clock.now().date()
    found = [each for each in matching(selectors.factors_listed(), words) if each.is_stale(today) or not only_stale]
    context = {
        "page": slice_of(found, PAGE, cursor_or_first(request)),
        "count": len(found),
        "words": words,
        "only_stale": only_stale,
        "today": today,
    }
    return render(request, "console/factors.html", context)


@staff_page(CHANGE_FACTORS)
@require_http_methods(["GET", "POST"])
def factor_add(request: SignedInRequest) -> HttpResponse:
    """Adds a factor; the address may name the one whose newer version it is to be."""
    form = FactorForm(request.POST or None, initial=_initial(request))
    if form.is_bound and form.is_valid():
        try:
            added = services.factor_add(request.user, form.draft, reason=form.cleaned_data["reason"])
        except InvalidInput as error:
            add_errors(form, error)
        else:
            text = f"Added: {added.label}, version {added.version}. New entries use it; existing ones do not change."
            messages.success(request, text)
            return redirect("staff:factors")
    return render_form(request, "console/factor_add.html", form)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The factor named in the address, as what a newer one begins with."""
    named = request.GET.get("like", "")
    found = next((each for each in selectors.factors_listed() if each.factor_id == named), None) if named else None
    return FactorForm.initial_of(found) if found else {}
