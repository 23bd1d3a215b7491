"""Bodies that the endpoints of the carbon diary answer."""

from typing import Any

from rest_framework import serializers

from core.api.fields import MomentField, QuantityField

WITH_FUEL_SUPPLY = "With what making and bringing the fuel emits; null where that is not known."


class WithSource(serializers.Serializer[Any]):
    """A body that says who published a figure."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`source` means something else to a serializer, so the field is added here."""
        return super().get_fields() | {"source": serializers.CharField(help_text="Who published it.")}


class WithLabel(serializers.Serializer[Any]):
    """A body that says what people call a thing."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`label`, like `source`, means something else to a serializer."""
        return super().get_fields() | {"label": serializers.CharField(help_text="What people call it.")}


class KeptFactorSerializer(WithSource):
    """The factor that an entry was made with, kept as it was."""

    id = serializers.CharField(source="factor_id")
    value = QuantityField(source="kg_direct", help_text="kg CO2e of one unit at the place of use.")
    value_fuel_supply = QuantityField(
        source="kg_fuel_supply", allow_null=True, help_text="What making and bringing the fuel adds; null if not known."
    )
    unit = serializers.CharField()
    year = serializers.IntegerField()
    region = serializers.CharField(help_text="ISO 3166-1 alpha-2 code, or `world`.")
    licence = serializers.CharField()


class EntrySerializer(serializers.Serializer[Any]):
    """Something that was done, and what it emitted."""

    entry_id = serializers.CharField()
    timestamp = MomentField()
    day = serializers.DateField(help_text="The day in the user's time zone by which it counts.")
    category = serializers.CharField()
    activity = serializers.CharField()
    amount = QuantityField()
    unit = serializers.CharField()
    occupancy = serializers.IntegerField()
    description = serializers.CharField()
    kg_co2e = QuantityField(source="kg", help_text="At the place of use.")
    kg_co2e_with_fuel_supply = QuantityField(source="kg_with_fuel_supply", allow_null=True, help_text=WITH_FUEL_SUPPLY)
    factor = KeptFactorSerializer()
    is_estimate = serializers.BooleanField(help_text="Made from an expense, and follows it.")
    expense_id = serializers.CharField(
        allow_null=True, help_text="The expense that it is an estimate of, or measured instead of."
    )
    version = serializers.IntegerField()
    created_at = MomentField()
    updated_at = MomentField()


class FactorSerializer(WithLabel, KeptFactorSerializer):
    """One factor."""

    activity = serializers.CharField()
    category = serializers.CharField()
    best_before = serializers.DateField(help_text="The day from which a newer one should be looked for.")
    note = serializers.CharField()
    version = serializers.IntegerField(help_text="Counts the factors of one activity, region and unit.")


class ProgressSerializer(serializers.Serializer[Any]):
    """How a goal is doing in its present period."""

    period = serializers.CharField(help_text="`2026-11-20`, `2026-W47`, `2026-11` or `2026`.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    days_left = serializers.IntegerField()
    kg_co2e = QuantityField(source="kg")
    kg_co2e_estimated = QuantityField(source="estimated_kg")
    kg_co2e_left = QuantityField(source="left_kg", help_text="Below zero where the goal is missed.")
    percent_used = serializers.SerializerMethodField()
    is_over = serializers.BooleanField()

    def get_percent_used(self, progress: Any) -> str:
        """To two decimals."""
        return f"{progress.percent_used:.2f}"


class GoalSerializer(serializers.Serializer[Any]):
    """One goal."""

    goal_id = serializers.CharField(source="goal.goal_id")
    category = serializers.CharField(source="goal.category")
    period = serializers.CharField(source="goal.period")
    target_kg = QuantityField(source="goal.target_kg")
    percent = QuantityField(source="goal.percent", allow_null=True)
    baseline_kg = QuantityField(source="goal.baseline_kg", allow_null=True)
    baseline_months = serializers.ListField(
        child=serializers.CharField(), source="goal.baseline_months", help_text="What the baseline is the mean of."
    )
    description = serializers.CharField(source="goal.description")
    set_on = serializers.DateField(source="goal.set_on")
    version = serializers.IntegerField(source="goal.version")
    created_at = MomentField(source="goal.created_at")
    updated_at = MomentField(source="goal.updated_at")
    progress = ProgressSerializer(source="*")


class AchievementSerializer(serializers.Serializer[Any]):
    """One achievement of the catalogue."""

    achievement_id = serializers.CharField(source="achievement.achievement_id")
    name = serializers.CharField(source="achievement.label")
    about = serializers.CharField(source="achievement.about")
    kind = serializers.CharField(source="achievement.kind")
    needs = serializers.IntegerField(source="achievement.needs")
    points = serializers.IntegerField(source="achievement.points")
    tier = serializers.CharField(source="achievement.tier")
    so_far = QuantityField()
    reached_on = serializers.DateField(allow_null=True)


class LevelSerializer(serializers.Serializer[Any]):
    """A level and the points from which it is held."""

    level = serializers.IntegerField()
    name = serializers.CharField()
    points = serializers.IntegerField()


class StandingSerializer(serializers.Serializer[Any]):
    """Points are a game, not a measure."""

    points = serializers.IntegerField()
    level = LevelSerializer()
    next_level = LevelSerializer(allow_null=True)
    points_to_next = serializers.IntegerField()
    streak_days = serializers.IntegerField()
    achievements = AchievementSerializer(many=True)


class _SumsSerializer(serializers.Serializer[Any]):
    kg_co2e = QuantityField(source="total.kg")
    kg_co2e_estimated = QuantityField(source="total.estimated_kg")
    count = serializers.IntegerField(source="total.count")


class CategorySumsSerializer(_SumsSerializer):
    """The sums of one category."""

    category = serializers.CharField()


class DaySumsSerializer(_SumsSerializer):
    """The sums of one day."""

    day = serializers.CharField(source="period")


class MonthSumsSerializer(_SumsSerializer):
    """The sums of one month."""

    month = serializers.CharField(source="period")


class PerCapitaSerializer(WithSource):
    """What one person emits on average in a year."""

    region = serializers.CharField()
    basis = serializers.CharField(
        help_text="`ghg`, `consumption_co2` or `territorial_co2`; they differ by a factor of two."
    )
    year = serializers.IntegerField()
    tonnes = QuantityField()


class SummarySerializer(serializers.Serializer[Any]):
    """A month by category and by day, against the budget, and the twelve months until it."""

    month = serializers.CharField()
    kg_co2e = QuantityField()
    kg_co2e_estimated = QuantityField()
    budget_kg = QuantityField()
    budget_percent = serializers.CharField(help_text="To two decimals.")
    by_category = CategorySumsSerializer(many=True)
    by_day = DaySumsSerializer(many=True)
    by_month = MonthSumsSerializer(many=True)
    averages = PerCapitaSerializer(many=True)
