"""Expenses as a file, for a spreadsheet or a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from budgets import selectors
from budgets.api.requests.expenses import ExpensesQuery
from budgets.api.serializers import ExpenseSerializer
from budgets.selectors import Expense
from core.accounts.requests import ApiRequest
from core.api.negotiation import ProblemsAlone
from core.api.schema import page_of
from core.api.serializers import read_query
from core.downloads import csv_text, download, guarded, json_text
from core.errors import InvalidInput

COLUMNS = ("date", "amount", "currency", "category", "description", "merchant", "tags", "expense_id")
CSV, JSON = "csv", "json"


class ExpensesExportView(APIView):
    """All expenses of a filter, as a file."""

    content_negotiation_class = ProblemsAlone
    renderer_classes = [JSONRenderer]

    @extend_schema(
        operation_id="expenses_export",
        parameters=[
            ExpensesQuery,
            OpenApiParameter("format", str, enum=[CSV, JSON], description="The kind of file; csv if left out."),
        ],
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
        kind = request.query_params.get("format", CSV)
        if kind not in (CSV, JSON):
            raise InvalidInput({"format": ["Give csv or json."]})
        found = selectors.expenses_every(request.user.username, **read_query(ExpensesQuery, request))
        if kind == CSV:
            return download(request._request, "expenses.csv", "text/csv", csv_text(COLUMNS, map(_cells, found)))
        return download(request._request, "expenses.json", "application/json", json_text(_items(found)))


def _items(expenses: Iterable[Expense]) -> Iterator[dict[str, Any]]:
    return (ExpenseSerializer(each).data for each in expenses)


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
