"""Categories: the eleven, and the user's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from budgets import selectors, services
from budgets.domain.categories import CATEGORIES, MOST_OWN_CATEGORIES
from budgets.forms.expenses import CategoryForm
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form
from core.presentation.undo import offer_undo


@require_http_methods(["GET", "HEAD", "POST"])
def category_list(request: SignedInRequest) -> HttpResponse:
    """All categories, and a form that adds one of the user's own."""
    if request.method != "POST":
        return _page(request, CategoryForm())
    form = CategoryForm(request.POST)
    if form.is_valid():
        try:
            name = services.category_add(request.user, form.cleaned_data["name"])
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{name} was added to your categories.")
            return redirect("budgets:categories")
    return _page(request, form)


@require_POST
def category_remove(request: SignedInRequest) -> HttpResponse:
    """Removes the category in the form from the choices; expenses of it keep it."""
    name = request.POST.get("name", "")
    try:
        services.category_remove(request.user, name)
    except Refused as error:
        messages.error(request, error.detail)
    else:
        undo = f"{reverse('budgets:category-undo')}?{urlencode({'name': name})}"
        offer_undo(request, f"{name} was removed. Its expenses keep it.", undo)
    return redirect("budgets:categories")


@require_POST
def category_undo(request: SignedInRequest) -> HttpResponse:
    """Offers the category of the address again."""
    try:
        name = services.category_add(request.user, request.GET.get("name", ""))
    except (InvalidInput, Refused) as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, f"{name} is back.")
    return redirect("budgets:categories")


def _page(request: SignedInRequest, form: CategoryForm) -> HttpResponse:
    own = selectors.definitions_of(request.user.username).own_categories
    return render_form(request, "budgets/categories.html", form, own=own, common=CATEGORIES, most=MOST_OWN_CATEGORIES)
