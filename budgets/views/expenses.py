"""The list of expenses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets import selectors
from budgets.forms import ExpensesFilter
from core.accounts.requests import SignedInRequest
from core.form_errors import UNPROCESSABLE
from core.presentation.listing import cursor_in, shown
from core.reading import Rows

PAGE = 50


@require_safe
def expense_list(request: SignedInRequest) -> HttpResponse:
    """Expenses by day, newest first unless the address says otherwise, filtered by it.

    2 store requests, up to 5 where there are more pages. A search for text takes up to 6; it sums what is on the page,
    unless that is all there is.
    """
    form = ExpensesFilter(request.GET, categories=selectors.categories_of(request.user.username))
    view = f"expenses?{[(field, form.data.get(field, '')) for field in form.fields]}"
    rows: Rows[selectors.Expense] = Rows(())
    sums, is_whole = selectors.Sum(), True
    if form.is_valid():
        cursor = cursor_in(request, view=view)
        rows = selectors.expenses_newest(request.user.username, PAGE, cursor, **form.filters)
        is_whole = cursor is None and rows.cursor is None
        sums = selectors.sum_of(rows.items)
        if not is_whole and not form.filters["text"]:
            sums, is_whole = selectors.expenses_sum(request.user.username, **form.days_and_category), True
    context: dict[str, Any] = {
        "filter": form,
        "filtered": form.is_narrowed,
        "page": shown(request, rows, view=view),
        "sums": sums,
        "sums_of_page": not is_whole,
        "export_query": urlencode(form.said),
    }
    return render(request, "budgets/expenses.html", context, status=200 if form.is_valid() else UNPROCESSABLE)
