"""Expenses as a file, for a spreadsheet or a program."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema

from budgets import selectors
from budgets.api.requests.expenses import ExpensesQuery
from budgets.api.serializers import ExpenseSerializer
from budgets.selectors import Expense
from core.accounts.requests import ApiRequest
from core.api.exports import FORMAT, FileView, list_file
from core.api.schema import page_of
from core.api.serializers import read_query
from core.downloads import guarded

COLUMNS = ("date", "amount", "currency", "category", "description", "merchant", "tags", "expense_id")


class ExpensesExportView(FileView):
    """All expenses of a filter, as a file."""

    @extend_schema(
        operation_id="expenses_export",
        parameters=[ExpensesQuery, FORMAT],
        responses={
            (200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, description="Amounts of refunds are negative."),
            (200, "application/json"): page_of(ExpenseSerializer),
        },
        tags=["expenses"],
    )
    def get(self, request: ApiRequest) -> StreamingHttpResponse:
        """Exactly what `expenses/` lists by the same filter on all its pages, in that order.

        Text in the CSV that begins like a formula has an apostrophe before it.
        """
        return list_file(
            request,
            "expenses",
            selectors.expenses_every(request.user.username, **read_query(ExpensesQuery, request)),
            columns=COLUMNS,
            cells_of=_cells,
            item_of=lambda each: ExpenseSerializer(each).data,
        )


def _cells(expense: Expense) -> Sequence[str]:
    return (
        expense.day.isoformat(),
        f"{expense.amount:.2f}",
        expense.currency,
        guarded(expense.category),
        guarded(expense.description),
        guarded(expense.merchant),
        guarded(", ".join(expense.tags)),
        expense.expense_id,
    )
