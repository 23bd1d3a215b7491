"""Pages of expenses: the list, and one that is added, looked at or edited."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from budgets import selectors, services
from budgets.forms.expenses import ExpenseForm, ExpensesFilterForm, ReceiptForm, initial_of
from budgets.selectors import Expense
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form
from core.paging import cursor_or_first
from core.presentation import numbers
from core.reading import Rows

PAGE = 50
FORM_PAGE = "budgets/expense_form.html"
AGAIN = "another"
"""Name of the button that saves and opens an empty form."""


@require_safe
def expense_list(request: SignedInRequest) -> HttpResponse:
    """Expenses by day, newest first unless the address says otherwise, filtered by it.

    2 store requests, up to 5 where there are more pages. A search for text takes up to 6; it sums what is on the page,
    unless that is all there is.
    """
    form = ExpensesFilterForm(request.GET, categories=selectors.categories_of(request.user.username))
    rows: Rows[selectors.Expense] = Rows(())
    sums, is_whole = selectors.Sum(), True
    if form.is_valid():
        cursor = cursor_or_first(request)
        rows = selectors.expenses_newest(request.user.username, PAGE, cursor, form.wanted)
        is_whole = cursor is None and rows.cursor is None
        sums = selectors.sum_of(rows.items)
        if not is_whole and not form.wanted.text:
            sums, is_whole = selectors.expenses_sum(request.user.username, form.wanted), True
    context: dict[str, Any] = {
        "filter": form,
        "filtered": form.is_narrowed,
        "page": rows,
        "sums": sums,
        "sums_of_page": not is_whole,
        "export_query": urlencode(form.said),
    }
    return render_form(request, "budgets/expenses.html", form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def expense_add(request: SignedInRequest) -> HttpResponse:
    """Record an expense or a refund; `?category=` and `?date=` fill the form in."""
    categories = selectors.categories_of(request.user.username)
    form_of = partial(ExpenseForm, categories=categories, currency=request.user.home_currency)
    if request.method != "POST":
        initial = {
            "category": request.GET.get("category", ""),
            "date": request.GET.get("date") or selectors.today_of(request.user),
        }
        return render_form(request, FORM_PAGE, form_of(initial=initial))
    form = form_of(request.POST)
    if form.is_valid():
        try:
            expense = services.expense_record(request.user, expense_id=form.cleaned_data["id"], draft=form.draft)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, f"Added: {_named(expense)}.")
            return redirect("budgets:expense-add" if AGAIN in request.POST else "budgets:expenses")
    return render_form(request, FORM_PAGE, form)


@never_cache
@require_safe
def expense_detail(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """One expense with all that is known of it."""
    expense = selectors.expense_get(request.user.username, expense_id)
    return render(request, "budgets/expense.html", {"expense": expense, "receipt_form": ReceiptForm()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def expense_edit(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """Change an expense. Where it was changed in the meantime, what was typed stays, beside what is stored now."""
    expense = selectors.expense_get(request.user.username, expense_id)
    categories = dict.fromkeys([*selectors.categories_of(request.user.username), expense.category])
    form = ExpenseForm(
        request.POST if request.method == "POST" else None,
        categories=categories,
        currency=expense.currency,
        initial=initial_of(expense),
    )
    if form.is_bound and form.is_valid():
        try:
            services.expense_change(request.user, expense_id, form.draft, version=form.seen)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("budgets:expense", expense_id)
    return render_form(request, FORM_PAGE, form, expense=expense)


def _named(expense: Expense) -> str:
    kind = "a refund of " if expense.is_refund else ""
    return f"{kind}{numbers.money(abs(expense.amount))} for {expense.category}, {expense.day.day} {expense.day:%B %Y}"
