"""Endpoints that only read: factors, achievements, the summary of a month."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from carbon import selectors
from carbon.api.requests import FactorsQuery, MonthQuery
from carbon.api.serializers import FactorSerializer, StandingSerializer, SummarySerializer
from carbon.data.averages import averages_of
from carbon.domain.factor import WORLD
from carbon.domain.totals import PeriodTotals
from carbon.presentation.catalogue import matching
from carbon.presentation.months import month_of_text, years_first
from core import clock
from core.accounts.requests import ApiRequest
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_query
from core.errors import InvalidInput
from core.paging import cursor_of, slice_of
from core.periods import Month


class FactorsView(APIView):
    """Emission factors, open to everybody."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="carbon_factors_list",
        parameters=[FactorsQuery, *PAGE_PARAMETERS],
        responses=page_of(FactorSerializer),
        tags=["carbon"],
    )
    def get(self, request: Request) -> Response:
        """The newest factor of each activity, region and unit, by category and name."""
        query = read_query(FactorsQuery, request)
        found = matching(selectors.factors_listed(), query["q"], query["category"])
        return paged(request, slice_of(found, limit_of(request), cursor_of(request)), FactorSerializer)


class AchievementsView(APIView):
    """What the user achieved. Points are a game, not a measure."""

    @extend_schema(operation_id="carbon_achievements", responses=StandingSerializer, tags=["carbon"])
    def get(self, request: ApiRequest) -> Response:
        """Points, level, streak, and every achievement of the catalogue with its progress."""
        return Response(StandingSerializer(selectors.achievements_of(request.user)).data)


class SummaryView(APIView):
    """The sums of a month."""

    @extend_schema(operation_id="carbon_summary", parameters=[MonthQuery], responses=SummarySerializer, tags=["carbon"])
    def get(self, request: ApiRequest) -> Response:
        """A month by category and by day, and the twelve months that end with it; 2 store requests."""
        said = read_query(MonthQuery, request).get("month")
        try:
            month = Month.of(timezone.localdate(clock.now())) if said is None else month_of_text(str(said))
        except ValueError as error:
            raise InvalidInput({"month": [str(error)]}) from error
        user = request.user
        summary = selectors.month_summary(user, month)
        months = selectors.months_between(user.username, years_first(month), month)
        body = {
            "month": str(month),
            "kg_co2e": summary.kg,
            "kg_co2e_estimated": summary.totals.total.estimated_kg,
            "budget_kg": summary.budget_kg,
            "budget_percent": f"{summary.budget_percent:.2f}",
            "by_category": [
                {"category": name, "total": summary.totals.of(name)}
                for name in selectors.CATEGORIES
                if summary.totals.of(name).count
            ],
            "by_day": _with_entries(summary.days),
            "by_month": _with_entries(months),
            "averages": [*averages_of(user.country), *averages_of(WORLD)],
        }
        return Response(SummarySerializer(body).data)


def _with_entries(periods: tuple[PeriodTotals, ...]) -> list[PeriodTotals]:
    return [each for each in periods if each.total.count]
