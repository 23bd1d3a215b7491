"""Endpoints of expenses, and all of them as a file, for a spreadsheet or a program."""

from collections.abc import Sequence

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets import selectors, services
from budgets.api.requests.expenses import ExpenseChange, ExpenseRequest, ExpensesQuery, draft_of
from budgets.api.serializers import ExpenseSerializer
from budgets.selectors import Expense, ExpenseDraft, ExpenseFilter
from core.accounts.requests import ApiRequest
from core.api.exports import FORMAT, FileView, list_file
from core.api.idempotency import New, creates
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.downloads import guarded
from core.paging import cursor_of

COLUMNS = ("date", "amount", "currency", "category", "description", "merchant", "tags", "expense_id")


class ExpensesView(APIView):
    """Expenses of the user."""

    @extend_schema(
        responses=page_of(ExpenseSerializer), parameters=[ExpensesQuery, *PAGE_PARAMETERS], tags=["expenses"]
    )
    def get(self, request: ApiRequest) -> Response:
        """Newest day first. A search with `q` may answer a short page that still has a `next`."""
        wanted = ExpenseFilter(**read_query(ExpensesQuery, request))
        rows = selectors.expenses_newest(request.user.username, limit_of(request), cursor_of(request), wanted)
        return paged(request, rows, ExpenseSerializer)

    @creates(ExpenseRequest, ExpenseSerializer, get=selectors.expense_get, id_field="expense_id", tags=["expenses"])
    def post(self, request: ApiRequest, new: New) -> Expense:
        """Record an expense or a refund."""
        empty = ExpenseDraft(new.fields["amount"], new.fields["category"], selectors.today_of(request.user))
        draft = draft_of(request.user, new.fields, empty)
        return services.expense_record(request.user, expense_id=new.identifier, draft=draft, also=new.also)


class ExpenseView(APIView):
    """One expense."""

    @extend_schema(responses=ExpenseSerializer, tags=["expenses"])
    def get(self, request: ApiRequest, expense_id: str) -> Response:
        """All that is known of it."""
        return Response(ExpenseSerializer(selectors.expense_get(request.user.username, expense_id)).data)

    @extend_schema(request=ExpenseChange, responses=ExpenseSerializer, tags=["expenses"])
    def patch(self, request: ApiRequest, expense_id: str) -> Response:
        """Change what is given; the totals of its month move with it."""
        fields = read_body(ExpenseChange, request)
        before = selectors.expense_get(request.user.username, expense_id)
        version = fields.pop("version", before.version)
        draft = draft_of(request.user, fields, before.draft)
        expense = services.expense_change(request.user, expense_id, draft, version=version)
        return Response(ExpenseSerializer(expense).data)

    @extend_schema(responses={204: None}, tags=["expenses"])
    def delete(self, request: ApiRequest, expense_id: str) -> Response:
        """Delete it; on the pages it can be restored for 30 days."""
        services.expense_delete(request.user, expense_id)
        return Response(status=204)


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
            selectors.expenses_every(request.user.username, ExpenseFilter(**read_query(ExpensesQuery, request))),
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
