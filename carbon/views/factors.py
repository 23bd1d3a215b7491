"""Pages of the factors: all of them, and those of one activity."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from carbon import selectors
from carbon.forms.filters import FactorsFilter
from carbon.presentation.catalogue import matching
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, NotFound
from core.form_errors import render_form
from core.paging import cursor_or_first, slice_of

PAGE = 50


@require_safe
def factor_list(request: SignedInRequest) -> HttpResponse:
    """The newest factor of each activity, region and unit, by category and label; one store request."""
    form = FactorsFilter(request.GET)
    found: list[selectors.Factor] = []
    if form.is_valid():
        found = matching(selectors.factors_listed(), form.cleaned_data["q"], form.cleaned_data["category"])
    filtered = any(form.data.get(name) for name in form.fields)
    page = slice_of(found, PAGE, cursor_or_first(request))
    return render_form(
        request, "carbon/factors.html", form, filter=form, filtered=filtered, page=page, count=len(found)
    )


@require_safe
def activity(request: SignedInRequest, activity: str) -> HttpResponse:
    """Every factor of an activity, old and new, of the product and of staff; one store request."""
    try:
        factors = selectors.factors_of(activity)
    except InvalidInput as error:
        raise NotFound("This activity") from error
    return render(request, "carbon/activity.html", {"factors": factors, "activity": factors[0]})
