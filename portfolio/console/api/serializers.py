"""Bodies that the staff's endpoints about trading answer."""

from typing import Any

from rest_framework import serializers

from core.api.fields import MomentField
from portfolio.api.serializers import TransactionSerializer


class StaffTransactionSerializer(TransactionSerializer):
    """A trade, and whose it is."""

    username = serializers.CharField()


class HolderSerializer(serializers.Serializer[Any]):
    """Who holds an asset; never how much."""

    username = serializers.CharField()
    since = MomentField(help_text="When the asset was first held.")
    last_trade_at = MomentField(allow_null=True)
