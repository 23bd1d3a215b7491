"""Bodies that the staff's endpoints about factors answer."""

from rest_framework import serializers

from carbon.api.serializers import WithLabel, WithSource
from carbon.domain.entry import CATEGORIES
from carbon.domain.factor_draft import KG_PLACES
from core.api.fields import QuantityField


class StaffFactorSerializer(WithSource, WithLabel):
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
