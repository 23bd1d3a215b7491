"""Endpoints of the staff about emission factors."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from carbon import selectors
from carbon.console.adding import factor_put_forward
from carbon.domain.choosing import LONGEST_ACTIVITY
from carbon.domain.entry import CATEGORIES
from carbon.domain.units import factor_unit_named
from carbon.rights import CHANGE_FACTORS
from carbon.selectors import Factor
from carbon.services.factors import KG_PLACES, LARGEST_KG, LONGEST_LABEL, LONGEST_TEXT, YEARS
from core.accounts.requests import ApiRequest
from core.api.fields import DayField, QuantityField, WholeField
from core.api.idempotency import HEADER_PARAMETER, once
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import StrictSerializer, read_body, read_query
from core.api.text_fields import TextField
from core.console.api.serializers import ReasonRequest
from core.console.guard import staff_right
from core.idempotency import Claim
from core.money import ZERO
from core.paging import cursor_of, slice_of

TAGS = ["staff"]
ACTIVITY = "^[A-Za-z][A-Za-z0-9_ -]*[A-Za-z0-9_]$"
ACTIVITY_RULE = f"Enter 2 to {LONGEST_ACTIVITY} letters a to z, digits and underscores."


class FactorsQuery(StrictSerializer):
    """Factors of which activity."""

    rules = {"activity": "One of `carbon/factors/`."}

    activity = TextField(
        required=False, max_length=100, help_text="Every version of its factors; left out: the newest of each."
    )


class StaffFactorSerializer(serializers.Serializer[Factor]):
    """A factor with its source and version."""

    factor_id = serializers.CharField()
    activity = serializers.CharField()
    category = serializers.ChoiceField(CATEGORIES)
    unit = serializers.CharField()
    region = serializers.CharField()
    kg_direct = QuantityField(places=KG_PLACES)
    kg_fuel_supply = QuantityField(places=KG_PLACES, allow_null=True)
    year = serializers.IntegerField()
    licence = serializers.CharField()
    best_before = serializers.DateField()
    note = serializers.CharField()
    version = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`label` and `source` are attributes that every serializer has, so these fields are made here."""
        fields = super().get_fields()
        fields |= {name: serializers.CharField() for name in ("label", "source")}
        return fields


class NewFactorRequest(ReasonRequest):
    """A factor to add as the newest of its activity, region and unit."""

    rules = {
        **ReasonRequest.rules,
        "category": "That of the activity, where it has factors.",
        "unit": "One that something is measured in, and that of the activity's other factors of the region.",
        "region": "A country, or `world`.",
    }

    activity = TextField(max_length=LONGEST_ACTIVITY, pattern=ACTIVITY, wrong=ACTIVITY_RULE)
    category = serializers.ChoiceField(CATEGORIES)
    unit = TextField(max_length=LONGEST_TEXT)
    region = TextField(max_length=LONGEST_TEXT, help_text="ISO 3166-1 alpha-2, or `world`.")
    kg_direct = QuantityField(places=KG_PLACES, least=ZERO, most=LARGEST_KG)
    kg_fuel_supply = QuantityField(
        places=KG_PLACES, least=ZERO, most=LARGEST_KG, required=False, allow_null=True, default=None
    )
    year = WholeField(min_value=YEARS[0], max_value=YEARS[-1])
    licence = TextField(max_length=LONGEST_TEXT)
    best_before = DayField()
    note = TextField(max_length=LONGEST_TEXT, required=False, allow_blank=True, default="")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`label` and `source` are attributes that every serializer has, so these fields are made here."""
        fields = super().get_fields()
        fields |= {"label": TextField(max_length=LONGEST_LABEL), "source": TextField(max_length=LONGEST_TEXT)}
        return fields


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
            fields = read_body(NewFactorRequest, request)
            reason = fields.pop("reason")
            factor = Factor(factor_id="", version=0, **fields)
            added = factor_put_forward(factor, by=request.user, reason=reason, also=claim.also(factor.activity))
            return Response(StaffFactorSerializer(added).data, status=201)

        def replay(activity: str) -> Any:
            return StaffFactorSerializer(_added_before(request)).data

        return once(request, request.user.username, make=make, replay=replay)


def _added_before(request: Request) -> Factor:
    """What the same body made before: the newest version that says the same."""
    fields = read_body(NewFactorRequest, request)
    del fields["reason"]
    known = selectors.factors_of(fields["activity"])
    where = fields["region"], factor_unit_named(fields["unit"])
    place = [each for each in known if (each.region, each.unit) == where]
    figures = ("kg_direct", "kg_fuel_supply", "year", "best_before")
    same = [each for each in place if all(getattr(each, name) == fields[name] for name in figures)]
    return max(same or place or known, key=lambda each: each.version)
