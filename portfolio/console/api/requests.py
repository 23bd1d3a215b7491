"""Queries that the staff's endpoints about trading take."""

from core.api.fields import DayField
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField


class EveryonesQuery(StrictSerializer):
    """Which trades."""

    user = TextField(required=False, max_length=30, help_text="Of this user alone.")
    until = DayField(required=False, help_text="The newest UTC day to read; today by default.")
