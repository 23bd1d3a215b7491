"""Bodies and queries that the endpoints of the alerts take."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from rest_framework import serializers

from alerts.channels import CHANNELS
from alerts.domain.conditions import CONDITIONS, Condition, Field, Number, fields_of, kind_named
from alerts.domain.history import FIRED, SUPPRESSED
from alerts.domain.kinds import HISTORY_LABELS, TRAITS
from alerts.domain.terms import (
    DEFAULT_COOLDOWN,
    LONGEST_COOLDOWN,
    LONGEST_NAME,
    LONGEST_NOTE,
    Frequency,
    Terms,
)
from alerts.routing import usual
from alerts.services import READ_AT_ONCE
from core.api.fields import FRESH_ID, BoundedListField, IdField, MomentField, QuantityField, WholeField
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField
from core.money import ZERO

LONGEST_ASSET_ID = 100
SECOND = timedelta(seconds=1)
MADE_OF: Mapping[str, Callable[[Any], Any]] = {
    "frequency": Frequency,
    "cooldown": lambda seconds: seconds * SECOND,
    "channels": tuple,
}
"""How the API's values of a term make the value of the domain, where they differ."""


class ConditionTypeField(serializers.ChoiceField):
    """The kind of a condition, by its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(list(CONDITIONS), **kwargs)


class ChannelsField(BoundedListField):
    """Channels, by their names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.ChoiceField(list(CHANNELS)), max_length=len(CHANNELS), **kwargs)


class ConditionRequest(StrictSerializer):
    """What is compared with what."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Those of the kind that the alert names or has; in the description those of every kind."""
        chosen = fields_of(self._kind) if self._kind else fields_of()
        return {name: _field_of(field, is_common=is_common) for name, (field, is_common) in chosen.items()}

    def to_internal_value(self, data: Any) -> Condition:
        """The condition. Raises ValidationError."""
        values = super().to_internal_value(data)
        assert self._kind is not None
        return self._kind.of(values)

    @property
    def _kind(self) -> type[Condition] | None:
        """The kind of the condition; None where there is no request, as in the description."""
        said = getattr(self.root, "initial_data", None)
        if said is None:
            return None
        named = said.get("condition_type") if isinstance(said, Mapping) else None
        return kind_named(self.context.get("kind", named))


class AlertChange(StrictSerializer):
    """What may be changed of an alert; what is left out stays."""

    rules = {
        "hysteresis": "Less than the threshold.",
        "expires_at": "In the future.",
        "channels": "`in_app` is always among them.",
    }

    name = TextField(required=False, allow_blank=True, max_length=LONGEST_NAME)
    note = TextField(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    condition = ConditionRequest(required=False)
    frequency = serializers.ChoiceField([each.value for each in Frequency], required=False)
    cooldown = WholeField(
        required=False,
        min_value=0,
        max_value=LONGEST_COOLDOWN // SECOND,
        help_text=f"Seconds after a firing without another notification; {DEFAULT_COOLDOWN // SECOND} by default.",
    )
    hysteresis = QuantityField(
        required=False, least=ZERO, help_text="How far the price must move back before it can fire again."
    )
    expires_at = MomentField(required=False, allow_null=True)
    channels = ChannelsField(required=False)
    fire_if_true = serializers.BooleanField(
        required=False, help_text="Fire immediately if the condition is already met."
    )
    enabled = serializers.BooleanField(required=False, help_text="false pauses it, true resumes it.")


class AlertRequest(AlertChange):
    """An alert to set."""

    rules = {
        **AlertChange.rules,
        "alert_id": FRESH_ID,
        "asset_id": "The id of one of `assets/`, given here or as `symbol`.",
    }

    alert_id = IdField(required=False, help_text="A UUIDv7 that you make; repeating it gives the same alert.")
    condition_type = ConditionTypeField(required=False)
    asset_id = TextField(required=False, max_length=LONGEST_ASSET_ID)
    symbol = TextField(
        required=False, max_length=LONGEST_ASSET_ID, help_text="Another name for `asset_id`; use one of the two."
    )
    condition = ConditionRequest()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The body with the asset under `asset_id`. Raises ValidationError unless it is named, and named once."""
        named = {attrs.pop(name) for name in ("asset_id", "symbol") if name in attrs}
        if len(named) != 1:
            raise serializers.ValidationError({"asset_id": ["Name one asset, by its id."]})
        return {**attrs, "asset_id": named.pop()}


class HistoryQuery(StrictSerializer):
    """Which firings."""

    outcome = serializers.ChoiceField([FIRED, SUPPRESSED], required=False)


class AllHistoryQuery(StrictSerializer):
    """Which rows of the history."""

    kind = serializers.ChoiceField([each.value for each in HISTORY_LABELS], required=False)


class NotificationsQuery(StrictSerializer):
    """Which notifications."""

    status = serializers.ChoiceField(["unread"], required=False)
    type = serializers.ChoiceField([each.value for each in TRAITS], required=False, source="kind")


class ReadRequest(StrictSerializer):
    """Which to mark as read."""

    ids = BoundedListField(
        child=IdField(),
        required=False,
        min_length=1,
        max_length=READ_AT_ONCE,
        help_text="Ids of notifications; all unread ones if left out.",
    )


def terms_of(values: dict[str, Any], before: Terms | None = None) -> Terms:
    """The terms that checked values make, on top of those before, if any."""
    changes = {each.name: values[each.name] for each in fields(Terms) if each.name in values}
    changes |= {name: make(changes[name]) for name, make in MADE_OF.items() if name in changes}
    return Terms(**{"channels": usual(), **changes}) if before is None else replace(before, **changes)


def _field_of(field: Field, *, is_common: bool) -> serializers.Field[Any, Any, Any, Any]:
    if isinstance(field, Number):
        return QuantityField(above=ZERO, required=is_common)
    asked: dict[str, Any] = {"required": is_common} if field.is_required else {"default": field.default}
    return serializers.ChoiceField([*field.options, *field.spellings], help_text=field.api_help_text or None, **asked)
