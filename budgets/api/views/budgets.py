"""Endpoints of budgets, and of the month beside them."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets import selectors, services
from budgets.api.requests.expenses import BudgetRequest, SummaryQuery
from budgets.api.serializers import BudgetSerializer, MonthSummarySerializer
from budgets.domain.budget import BudgetDraft
from budgets.presentation import MonthPage, month_page
from core.accounts.requests import ApiRequest
from core.api.refusals import RULE
from core.api.schema import page_of
from core.api.serializers import read_body, read_query

SUMMARY = "summary"
CATEGORY = OpenApiParameter("category", {"type": "string", RULE: "One of `categories/`."}, OpenApiParameter.PATH)


class BudgetsView(APIView):
    """Budgets of the user."""

    @extend_schema(responses=page_of(BudgetSerializer), tags=["budgets"])
    def get(self, request: ApiRequest) -> Response:
        """All of them, in the order of `categories/`."""
        definitions = selectors.definitions_of(request.user.username)
        places = {name: place for place, name in enumerate(definitions.categories)}
        ordered = sorted(definitions.budgets.values(), key=lambda each: (places.get(each.category, 0), each.category))
        return Response({"items": [BudgetSerializer(each).data for each in ordered], "next": None})


class BudgetView(APIView):
    """The budget of one category."""

    @extend_schema(parameters=[CATEGORY], request=BudgetRequest, responses=BudgetSerializer, tags=["budgets"])
    def put(self, request: ApiRequest, category: str) -> Response:
        """Set it, replacing any there is; it counts from the current month on."""
        fields = read_body(BudgetRequest, request)
        draft = BudgetDraft(category, fields["amount"], tuple(fields["thresholds"]))
        budget = services.budget_set(request.user, draft)
        return Response(BudgetSerializer(budget).data)

    @extend_schema(responses={204: None}, tags=["budgets"])
    def delete(self, request: ApiRequest, category: str) -> Response:
        """Delete it; the expenses of the category stay."""
        services.budget_delete(request.user, category)
        return Response(status=204)


class BudgetSummaryView(BudgetView):
    """A month beside the budgets. A category of that name would have its budget here, so that is served too."""

    @extend_schema(parameters=[SummaryQuery], responses=MonthSummarySerializer, tags=["budgets"])
    def get(self, request: ApiRequest) -> Response:
        """What was spent by category, and what is left; the current month of the user's calendar if none is named."""
        month = read_query(SummaryQuery, request).get("month") or selectors.current_month(request.user)
        page = month_page(selectors.month_summary(request.user.username, month), selectors.today_of(request.user))
        return Response(MonthSummarySerializer(_summary(page, request.user.home_currency)).data)

    @extend_schema(
        operation_id="budgets_summary_category_update",
        request=BudgetRequest,
        responses=BudgetSerializer,
        extensions={RULE: {"category": "There is a category called summary."}},
        tags=["budgets"],
    )
    def put(self, request: ApiRequest, category: str = SUMMARY) -> Response:
        """Set the budget of a category called summary."""
        return super().put(request, category)

    @extend_schema(operation_id="budgets_summary_category_destroy", responses={204: None}, tags=["budgets"])
    def delete(self, request: ApiRequest, category: str = SUMMARY) -> Response:
        """Delete the budget of a category called summary."""
        return super().delete(request, category)


def _summary(page: MonthPage, currency: str) -> dict[str, Any]:
    a_day = {row.line.category: row.a_day for row in page.rows}
    return {
        "month": str(page.summary.month),
        "currency": currency,
        "spent": page.summary.spent,
        "count": page.summary.count,
        "budgeted": page.summary.budgeted,
        "budgeted_spent": page.summary.budgeted_spent,
        "a_day": page.a_day,
        "categories": [
            {
                "category": line.category,
                "spent": line.spent,
                "count": line.count,
                "budget": line.budget.amount if line.budget else None,
                "percent": line.percent,
                "left": line.left,
                "exceeded": line.is_exceeded,
                "a_day": a_day.get(line.category),
            }
            for line in page.summary.lines
        ],
    }
