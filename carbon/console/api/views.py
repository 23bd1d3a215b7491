"""Endpoints of the staff about emission factors."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from carbon import selectors, services
from carbon.console.api.requests import FactorsQuery, NewFactorRequest
from carbon.console.api.serializers import StaffFactorSerializer
from carbon.domain.factor_draft import FactorDraft
from carbon.rights import CHANGE_FACTORS
from carbon.selectors import Factor
from core.accounts.requests import ApiRequest
from core.api.idempotency import HEADER_PARAMETER, once
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body, read_query
from core.console.guard import staff_right
from core.idempotency import Claim
from core.paging import cursor_of, slice_of

TAGS = ["staff"]


class StaffFactorsView(APIView):
    """Emission factors as the staff see them."""

    permission_classes = [staff_right(CHANGE_FACTORS)]

    @extend_schema(
        operation_id="staff_factors_list",
        parameters=[FactorsQuery, *PAGE_PARAMETERS],
        responses=page_of(StaffFactorSerializer),
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        """The newest factor of each activity, region and unit, or every version of one activity."""
        activity = read_query(FactorsQuery, request).get("activity", "")
        found = selectors.factors_of(activity) if activity else selectors.factors_listed()
        return paged(request, slice_of(found, limit_of(request), cursor_of(request)), StaffFactorSerializer)

    @extend_schema(
        request=NewFactorRequest, responses={201: StaffFactorSerializer}, parameters=[HEADER_PARAMETER], tags=TAGS
    )
    def post(self, request: ApiRequest) -> Response:
        """Add a factor as the next version of its activity, region and unit, with a reason. None is overwritten."""

        def make(claim: Claim) -> Response:
            reason, draft = _read(request)
            added = services.factor_add(request.user, draft, reason=reason, also=claim.also(draft.activity))
            return Response(StaffFactorSerializer(added).data, status=201)

        def replay(activity: str) -> Any:
            return StaffFactorSerializer(_added_before(request)).data

        return once(request, request.user.username, make=make, replay=replay)


def _read(request: Request) -> tuple[str, FactorDraft]:
    """The reason, and the factor in its normal form."""
    fields = read_body(NewFactorRequest, request)
    return fields.pop("reason"), FactorDraft(**fields).normal()


def _added_before(request: Request) -> Factor:
    """What the same body made before: the newest version that says the same."""
    _, draft = _read(request)
    known = selectors.factors_of(draft.activity)
    place = [each for each in known if (each.region, each.unit) == (draft.region, draft.unit)]
    same = [each for each in place if each == draft.factor(each.version)]
    return max(same or place or known, key=lambda each: each.version)
