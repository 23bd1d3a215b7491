"""The same rows with PynamoDB, the well-known mapper of objects onto DynamoDB."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pynamodb.attributes import Attribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.constants import NUMBER
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from bench.bare_boto3 import REGION


class ExactNumber(Attribute[Decimal]):
    """A Decimal, which PynamoDB's own NumberAttribute refuses."""

    attr_type = NUMBER

    def serialize(self, value: Any) -> str:
        return str(value)

    def deserialize(self, value: str) -> Decimal:
        return Decimal(value)


class WithPynamoDB:
    """One table on a server, by a model that declares every attribute."""

    def __init__(self, endpoint: str, table: str) -> None:
        class Order(Model):
            class Meta:
                table_name = table
                region = REGION
                host = endpoint

            username = UnicodeAttribute(hash_key=True)
            order_id = UnicodeAttribute(range_key=True)
            user_asset = UnicodeAttribute()
            asset_id = UnicodeAttribute()
            ticker = UnicodeAttribute()
            asset_name = UnicodeAttribute()
            side = UnicodeAttribute()
            order_type = UnicodeAttribute()
            status = UnicodeAttribute()
            quantity = ExactNumber()
            price = ExactNumber()
            amount = ExactNumber()
            fee = ExactNumber()
            source = UnicodeAttribute()
            digest = UnicodeAttribute()
            version = ExactNumber()
            created_at = UnicodeAttribute()
            updated_at = UnicodeAttribute()

        self._model = Order
        self._connection = Connection(region=REGION, host=endpoint)

    def get(self, key: Mapping[str, str]) -> Model:
        """One item."""
        return self._model.get(key["username"], key["order_id"])

    def put(self, item: Mapping[str, Any]) -> None:
        """Write one item."""
        self._model(**item).save()

    def update(self, key: Mapping[str, str], status: str, amount: Decimal) -> Model:
        """Set one attribute, add to another; the item afterwards."""
        item = self._model(key["username"], key["order_id"])
        item.update(actions=[self._model.status.set(status), self._model.version.add(amount)])
        return item

    def query(self, username: str, limit: int) -> list[Model]:
        """The newest items of a user."""
        found = self._model.query(username, scan_index_forward=False, limit=limit, page_size=limit)
        return list(found)

    def transaction(self, items: Sequence[Mapping[str, Any]]) -> None:
        """Write some items, all or nothing."""
        with TransactWrite(connection=self._connection) as writing:
            for item in items:
                writing.save(self._model(**item))
