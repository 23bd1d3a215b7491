"""The same rows by hand on boto3: what the DynamoDB backend is measured against.

The low-level client as boto3 makes it by default, with boto3's own conversion of the values of Python.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

REGION = "eu-central-1"


class BareBoto3:
    """One table on a server, by `boto3.client`."""

    def __init__(self, endpoint: str, table_name: str) -> None:
        self._table = table_name
        self._client = boto3.client("dynamodb", region_name=REGION, endpoint_url=endpoint)
        self._to_typed = TypeSerializer()
        self._from_typed = TypeDeserializer()

    def get(self, key: Mapping[str, str]) -> dict[str, Any]:
        """One item."""
        return self._item(self._client.get_item(TableName=self._table, Key=self._typed(key))["Item"])

    def put(self, item: Mapping[str, Any]) -> None:
        """Write one item."""
        self._client.put_item(TableName=self._table, Item=self._typed(item))

    def update(self, key: Mapping[str, str], status: str, amount: Decimal) -> dict[str, Any]:
        """Set one attribute, add to another; the item afterwards."""
        answer = self._client.update_item(
            TableName=self._table,
            Key=self._typed(key),
            UpdateExpression="SET #status = :status ADD #version :amount",
            ExpressionAttributeNames={"#status": "status", "#version": "version"},
            ExpressionAttributeValues=self._typed({":status": status, ":amount": amount}),
            ReturnValues="ALL_NEW",
        )
        return self._item(answer["Attributes"])

    def query(self, username: str, limit: int) -> list[dict[str, Any]]:
        """The newest items of a user."""
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="#username = :username",
            ExpressionAttributeNames={"#username": "username"},
            ExpressionAttributeValues=self._typed({":username": username}),
            ScanIndexForward=False,
            Limit=limit,
        )
        return [self._item(item) for item in answer["Items"]]

    def transaction(self, items: Sequence[Mapping[str, Any]]) -> None:
        """Write some items, all or nothing."""
        self._client.transact_write_items(
            TransactItems=[{"Put": {"TableName": self._table, "Item": self._typed(item)}} for item in items]
        )

    def close(self) -> None:
        """Close the sockets."""
        self._client.close()

    def _typed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._to_typed.serialize(value) for name, value in values.items()}

    def _item(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._from_typed.deserialize(value) for name, value in attributes.items()}
