"""Bodies that the endpoints of the alerts answer."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from alerts.domain.alert import Alert, Status
from alerts.domain.conditions import Condition, Number, fields_of
from alerts.domain.history import FIRED, SUPPRESSED
from core import clock
from core.api.fields import MomentField, QuantityField

SECOND = timedelta(seconds=1)


class ConditionSerializer(serializers.Serializer[Any]):
    """What is compared with what."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Those of every kind."""
        return {
            name: (QuantityField if isinstance(field, Number) else serializers.CharField)(required=is_common)
            for name, (field, is_common) in fields_of().items()
        }

    def to_representation(self, condition: Condition) -> dict[str, Any]:
        """Those of the condition's own kind."""
        return {name: self.fields[name].to_representation(value) for name, value in condition.values.items()}


class AlertSerializer(serializers.Serializer[Any]):
    """One alert."""

    alert_id = serializers.CharField()
    name = serializers.CharField(source="terms.name")
    note = serializers.CharField(source="terms.note")
    asset_id = serializers.CharField()
    symbol = serializers.CharField(source="asset_id", help_text="The same as `asset_id`.")
    condition_type = serializers.CharField(
        source="terms.condition.kind", read_only=True, help_text="The kind of its condition."
    )
    condition = ConditionSerializer(source="terms.condition")
    frequency = serializers.CharField(source="terms.frequency")
    cooldown = serializers.SerializerMethodField(help_text="In seconds.")
    hysteresis = QuantityField(source="terms.hysteresis")
    expires_at = MomentField(source="terms.expires_at", allow_null=True)
    channels = serializers.ListField(child=serializers.CharField(), source="terms.channels")
    fire_if_true = serializers.BooleanField(source="terms.fire_if_true")
    enabled = serializers.BooleanField(source="is_enabled", read_only=True, help_text="Whether it is not paused.")
    status = serializers.SerializerMethodField()
    trigger_count = serializers.IntegerField()
    last_triggered = MomentField(allow_null=True, help_text="On the clock of the asset's feed.")
    created_at = MomentField()
    updated_at = MomentField()

    def get_cooldown(self, alert: Alert) -> int:
        """Seconds."""
        return alert.terms.cooldown // SECOND

    def get_status(self, alert: Alert) -> Status:
        """armed, waiting, paused, done or expired."""
        return alert.status(clock.now())


class _WithSource(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`source` means something else to a serializer, so the field is added here."""
        return super().get_fields() | {"source": serializers.CharField(help_text="The feed it came from.")}


class OutcomeField(serializers.CharField):
    """Whether an entry of the history notifies, as `fired` or `suppressed`."""

    def __init__(self) -> None:
        super().__init__(source="notifies", read_only=True, help_text="`fired` or `suppressed`.")

    def to_representation(self, notifies: Any) -> str:
        """The word."""
        return FIRED if notifies else SUPPRESSED


class HistorySerializer(_WithSource):
    """One firing, sent or suppressed."""

    triggered_at = MomentField(source="at", help_text="On the clock of the asset's feed.")
    outcome = OutcomeField()
    reason = serializers.SerializerMethodField(help_text="Why it was suppressed: `cooldown` or `expired`; else empty.")
    number = serializers.IntegerField(help_text="Which firing of the alert; 0 for a suppressed one.")
    asset_id = serializers.CharField()
    price = QuantityField()
    condition = ConditionSerializer()
    channels = serializers.ListField(child=serializers.CharField())
    notification_id = serializers.CharField(help_text="Empty for a suppressed one.")
    recorded_at = MomentField()

    def get_reason(self, entry: Any) -> str:
        """cooldown, expired or empty."""
        return "" if entry.notifies else str(entry.outcome)


class AnyHistorySerializer(serializers.Serializer[Any]):
    """One row of the history, of whatever kind."""

    history_id = serializers.CharField(source="entry_id")
    kind = serializers.CharField(help_text="`price`, `budget`, `carbon` or `order`; `other` from a later release.")
    triggered_at = MomentField(source="at", help_text="On the clock of the asset's feed, or of the site.")
    outcome = OutcomeField()
    alert_id = serializers.CharField(default="", help_text="The alert, if `kind` is `price`; else empty.")
    asset_id = serializers.CharField(default="", help_text="The asset, if `kind` is `price`; else empty.")
    type = serializers.CharField(source="notification_kind", default="alert", help_text="The type of its notification.")
    subject = serializers.CharField(default="", help_text="Category, import, goal, achievement or order; else empty.")
    title = serializers.CharField(default="", help_text="The notification in one line; empty if `kind` is `price`.")
    channels = serializers.ListField(child=serializers.CharField())
    notification_id = serializers.CharField(help_text="Empty for what was suppressed.")
    recorded_at = MomentField()


class NotificationSerializer(_WithSource):
    """One notification."""

    notification_id = serializers.CharField()
    type = serializers.CharField(source="kind")
    title = serializers.CharField()
    body = serializers.CharField()
    link = serializers.CharField()
    at = MomentField(help_text="On the clock of its source.")
    created_at = MomentField()
    read = serializers.BooleanField(source="is_read")
    read_at = MomentField(allow_null=True)


class ReadSerializer(serializers.Serializer[Any]):
    """How many were marked as read."""

    read = serializers.IntegerField()


class TestSerializer(serializers.Serializer[Any]):
    """The test message."""

    notification_id = serializers.CharField()
