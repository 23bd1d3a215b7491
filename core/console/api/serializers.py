"""Bodies of the staff's endpoints."""

from typing import Any

from rest_framework import serializers

from core.accounts.domain import ROLES, SETTABLE_STATUSES, STATUSES, User
from core.api.fields import MomentField
from core.api.serializers import StrictSerializer
from core.api.text_fields import MonthField, TextField
from core.audit import FIRST_MONTH, LONGEST_REASON, LONGEST_SUBJECT, SHORTEST_REASON, AuditEntry
from core.periods import Month

STAFF_STATUSES = tuple(status for status in SETTABLE_STATUSES if status != "pending")


class ReasonRequest(StrictSerializer):
    """Why it is done, for the audit log."""

    rules = {"reason": f"Printable characters, {SHORTEST_REASON} at least without surrounding or doubled space."}

    reason = TextField(max_length=LONGEST_REASON, help_text="Why; kept in the audit log.")


class UsersQuery(StrictSerializer):
    """Which users."""

    q = TextField(
        required=False, allow_blank=True, default="", max_length=30, help_text="The beginning of the username."
    )
    role = serializers.ChoiceField(ROLES, required=False)
    status = serializers.ChoiceField(STATUSES, required=False)


class UserChangeRequest(ReasonRequest):
    """Another role, another status, or both."""

    rules = {**ReasonRequest.rules, "request": "`role`, `status` or both."}

    role = serializers.ChoiceField(ROLES, required=False)
    status = serializers.ChoiceField(STAFF_STATUSES, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The change. Raises ValidationError where it names neither."""
        if not {"role", "status"} & attrs.keys():
            raise serializers.ValidationError("Enter a role, a status, or both.")
        return attrs


class StaffUserSerializer(serializers.Serializer[User]):
    """A user as every member of the staff who may see users sees one."""

    username = serializers.CharField()
    role = serializers.ChoiceField(ROLES)
    status = serializers.CharField()
    account = serializers.CharField()
    created_at = MomentField()
    last_sign_in = MomentField(allow_null=True, help_text="When the password was last given.")


class RowCountSerializer(serializers.Serializer[Any]):
    """How many rows of a table are a user's."""

    table = serializers.CharField()
    rows = serializers.IntegerField()
    more = serializers.BooleanField(help_text="Whether counting stopped there.")


class StaffUserDetailSerializer(StaffUserSerializer):
    """One user; the fields from `email` on are there for administrators alone."""

    email = serializers.CharField(required=False)
    email_confirmed = serializers.BooleanField(required=False)
    full_name = serializers.CharField(required=False)
    country = serializers.CharField(required=False)
    time_zone = serializers.CharField(required=False)
    counts = RowCountSerializer(many=True, required=False)


class AuditQuery(StrictSerializer):
    """Which entries: of one subject, or from a month backwards."""

    rules = {"until": f"From {FIRST_MONTH} on."}

    subject = TextField(
        required=False, max_length=LONGEST_SUBJECT, help_text="`user#<username>`, `asset#<asset_id>`, ..."
    )
    until = MonthField(required=False, help_text="The newest UTC month to read.")

    def validate_until(self, value: Month) -> str:
        """The month as text. Raises ValidationError for one before the log began."""
        if str(value) < FIRST_MONTH:
            raise serializers.ValidationError(f"Enter a month from {FIRST_MONTH} on.")
        return str(value)


class AuditEntrySerializer(serializers.Serializer[AuditEntry]):
    """What one of the staff did, and why."""

    entry_id = serializers.CharField()
    at = MomentField()
    actor = serializers.CharField(help_text="A username, or `command line`.")
    action = serializers.CharField()
    subject = serializers.CharField()
    reason = serializers.CharField()
    before = serializers.DictField(child=serializers.CharField())
    after = serializers.DictField(child=serializers.CharField())


class PartSerializer(serializers.Serializer[Any]):
    """One part of the site."""

    name = serializers.CharField()
    ok = serializers.BooleanField()
    figures = serializers.DictField(help_text="As in `/readyz`.")


class GivenUpSerializer(serializers.Serializer[Any]):
    """An event whose handlers failed too often."""

    event_id = serializers.CharField(source="event.event_id")
    name = serializers.CharField(source="event.name")
    username = serializers.CharField(source="event.username")
    occurred_at = MomentField(source="event.occurred_at")
    last_error = serializers.CharField()


class TableStateSerializer(serializers.Serializer[Any]):
    """One table: its size, null where it is missing, and how it differs from its declaration."""

    name = serializers.CharField(source="table.name")
    items = serializers.IntegerField(source="size.items", allow_null=True, read_only=True)
    bytes = serializers.IntegerField(source="size.bytes", allow_null=True, read_only=True)
    differences = serializers.ListField(child=serializers.CharField())


class HealthSerializer(serializers.Serializer[Any]):
    """How the site is."""

    status = serializers.ChoiceField(["ok", "degraded", "unavailable"])
    parts = PartSerializer(many=True)
    given_up = GivenUpSerializer(many=True)
    tables = TableStateSerializer(
        many=True, help_text="Empty where the store does not let the site look at its tables."
    )
