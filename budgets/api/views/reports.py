"""Endpoints of reports."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets.api.requests.expenses import ReportQuery
from budgets.api.serializers import ReportSerializer
from budgets.domain.report import Report
from budgets.domain.report_days import checked_days
from budgets.pdf.response import report_response
from budgets.selectors import today_of
from budgets.selectors.reports import report
from core.accounts.requests import ApiRequest
from core.api.exports import FileView
from core.api.serializers import read_query


class ReportView(APIView):
    """What was spent on some days."""

    @extend_schema(responses=ReportSerializer, parameters=[ReportQuery], tags=["reports"])
    def get(self, request: ApiRequest) -> Response:
        """The figures of the page and of the PDF: at most 366 days, the current month where none are given."""
        return Response(ReportSerializer(_report_asked_for(request)).data)


class ReportFileView(FileView):
    """The same as a file."""

    @extend_schema(
        operation_id="reports_pdf",
        parameters=[ReportQuery],
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description="A4 pages.")},
        tags=["reports"],
    )
    def get(self, request: ApiRequest) -> HttpResponse:
        """The report of the same query as PDF."""
        return report_response(request.user, _report_asked_for(request))


def _report_asked_for(request: ApiRequest) -> Report:
    asked = read_query(ReportQuery, request)
    days = checked_days(asked.get("since"), asked.get("until"), today=today_of(request.user))
    return report(request.user, days)
