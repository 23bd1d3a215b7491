"""The month beside its budgets, and setting and removing them: a button of the message sets back what was."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgets import selectors, services
from budgets.domain.budget import Budget
from budgets.forms.expenses import BudgetForm, budget_said
from budgets.presentation import month_named, month_page
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, NotFound, Refused
from core.form_errors import add_errors, render_form
from core.presentation import numbers
from core.presentation.undo import offer_undo


@never_cache
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The month of `?month=2026-11`, or the current one of the user's calendar; one store request."""
    today = selectors.today_of(request.user)
    month = month_named(request.GET.get("month", ""), today)
    summary = selectors.month_summary(request.user.username, month)
    context = {"page": month_page(summary, today), "currency": request.user.home_currency}
    return render(request, "budgets/month.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: SignedInRequest) -> HttpResponse:
    """Set the budget of a category, new or in place of the one it has; `?category=` opens that of one."""
    definitions = selectors.definitions_of(request.user.username)
    shown = definitions.budgets.get(request.GET.get("category", ""))
    form_of = partial(BudgetForm, categories=definitions.categories, currency=request.user.home_currency)
    if request.method != "POST":
        initial = _initial(shown) if shown else {"category": request.GET.get("category", "")}
        return _page(request, form_of(initial=initial), shown)
    form = form_of(request.POST)
    if form.is_valid():
        before = definitions.budgets.get(form.draft.category)
        try:
            after = services.budget_set(request.user, form.draft)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            text = f"The budget of {after.category} is {numbers.money(after.amount)} a month."
            offer_undo(request, text, undo_address(after.category, before))
            return redirect("budgets:home")
    return _page(request, form, shown)


@require_POST
def budget_remove(request: SignedInRequest) -> HttpResponse:
    """Delete the budget of the category in the form; its expenses stay."""
    removed = services.budget_delete(request.user, request.POST.get("category", ""))
    text = f"{removed.category} has no budget any more. Its expenses are kept."
    offer_undo(request, text, undo_address(removed.category, removed))
    return redirect("budgets:home")


@require_POST
def budget_undo(request: SignedInRequest) -> HttpResponse:
    """Set the budget of the address, or delete that of its category where it names no amount."""
    category = request.GET.get("category", "")
    try:
        if "amount" in request.GET:
            services.budget_set(request.user, budget_said(request.GET))
        else:
            services.budget_delete(request.user, category)
    except (InvalidInput, Refused, NotFound, ValidationError):
        messages.error(request, "This can no longer be undone. The page shows the current budgets.")
    else:
        messages.success(request, f"The budget of {category} was restored.")
    return redirect("budgets:home")


def undo_address(category: str, before: Budget | None) -> str:
    """The address whose POST brings back what a category had before: this budget, or none."""
    query = {"category": category}
    if before is not None:
        query |= {"amount": f"{before.amount:f}", "thresholds": ",".join(map(str, before.thresholds))}
    return f"{reverse('budgets:budget-undo')}?{urlencode(query)}"


def _initial(budget: Budget) -> dict[str, str]:
    return {
        "category": budget.category,
        "amount": f"{budget.amount:.2f}",
        "thresholds": ", ".join(map(str, budget.thresholds)),
    }


def _page(request: SignedInRequest, form: BudgetForm, shown: Budget | None) -> HttpResponse:
    return render_form(request, "budgets/budget.html", form, budget=shown)
