"""Bodies and queries that the staff's endpoints about factors take."""

from typing import Any

from rest_framework import serializers

from carbon.domain.activity import LONGEST_ACTIVITY
from carbon.domain.entry import CATEGORIES
from carbon.domain.factor_draft import KG_PLACES, LARGEST_KG, LONGEST_LABEL, LONGEST_TEXT, YEARS
from core.api.fields import DayField, QuantityField, WholeField
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField
from core.console.api.serializers import ReasonRequest
from core.money import ZERO

ACTIVITY = "^[A-Za-z][A-Za-z0-9_ -]*[A-Za-z0-9_]$"
ACTIVITY_RULE = f"Enter 2 to {LONGEST_ACTIVITY} letters a to z, digits and underscores."


class FactorsQuery(StrictSerializer):
    """Factors of which activity."""

    rules = {"activity": "One of `carbon/factors/`."}

    activity = TextField(
        required=False, max_length=100, help_text="Every version of its factors; left out: the newest of each."
    )


class NewFactorRequest(ReasonRequest):
    """A factor to add as the newest of its activity, region and unit."""

    rules = {
        **ReasonRequest.rules,
        "category": "That of the activity, where it has factors.",
        "unit": "A known unit, and that of the activity's other factors of the region.",
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
