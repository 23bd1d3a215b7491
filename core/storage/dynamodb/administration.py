"""Making and describing tables on a DynamoDB server."""

import logging
import time
from collections.abc import Iterable, Sequence
from typing import Any

from core.storage.dynamodb.client import Client
from core.storage.errors import InvalidOperation, StorageError, TableMissing
from core.storage.operations import TableSize
from core.storage.retries import with_retries
from core.storage.schema import Attribute, Index, Table, same_shape

logger = logging.getLogger(__name__)

POLL_SECONDS = 1
UNKNOWN_OPERATION = "UnknownOperation"
TAGS = [{"Key": "application", "Value": "CryptoPulse"}]


def create(client: Client, table: Table) -> bool:
    """Make the table on demand, encrypted, tagged, with point-in-time recovery and its TTL; whether it was made.

    What a server does not know (DynamoDB Local has neither tags nor point-in-time recovery) is logged and left out.
    Raises InvalidOperation when the table exists with another key or other indexes.
    """
    existing = describe(client, table)
    if existing is None:
        made = client.call("create_table", **_declaration(client, table))["TableDescription"]
        if made["TableStatus"] != "ACTIVE":
            client.wait("table_exists", client.name(table.name))
    elif not same_shape(existing, table, with_ttl=existing.ttl is not None):
        raise InvalidOperation(
            f"{table.name} exists in the store with another key, indexes or TTL than declared: "
            "dump it, drop it, create it and load it"
        )
    _protect(client, table)
    if table.ttl is not None and (existing is None or existing.ttl is None):
        add_ttl(client, table, table.ttl)
    return existing is None


def add_ttl(client: Client, table: Table, ttl: str) -> None:
    """Let items expire by the attribute."""
    specification = {"Enabled": True, "AttributeName": ttl}
    client.call("update_time_to_live", TableName=client.name(table.name), TimeToLiveSpecification=specification)


def add_index(client: Client, table: Table, index: Index) -> None:
    """Make the index, and wait until the server has filled it, as long as that takes; the table serves meanwhile."""
    name = client.name(table.name)
    existing = describe(client, table)
    keys = [] if existing is None else [existing.key, *(each.key for each in existing.indexes)]
    client.call(
        "update_table",
        TableName=name,
        AttributeDefinitions=_definitions([*keys, index.key]),
        GlobalSecondaryIndexUpdates=[{"Create": _index_declaration(index)}],
    )
    while not _is_active(client, name, index):
        time.sleep(POLL_SECONDS)


def describe(client: Client, table: Table) -> Table | None:
    """The table as the server has it; None where it has none."""
    name = client.name(table.name)
    try:
        found = client.call("describe_table", TableName=name)["Table"]
    except TableMissing:
        return None
    ttl = client.call("describe_time_to_live", TableName=name).get("TimeToLiveDescription", {})
    types = {attribute["AttributeName"]: attribute["AttributeType"] for attribute in found["AttributeDefinitions"]}
    indexes = tuple(
        Index(index["IndexName"], *_key(index["KeySchema"], types))
        for index in found.get("GlobalSecondaryIndexes") or ()
    )
    return Table(table.name, *_key(found["KeySchema"], types), indexes=indexes, ttl=ttl.get("AttributeName"))


def size(client: Client, table: Table) -> TableSize | None:
    """How much the server says that the table holds; None where it has none."""
    try:
        found = client.call("describe_table", TableName=client.name(table.name))["Table"]
    except TableMissing:
        return None
    return TableSize(int(found.get("ItemCount", 0)), int(found.get("TableSizeBytes", 0)))


def drop(client: Client, table: Table) -> None:
    """Delete the table and wait until it is gone."""
    try:
        client.call("delete_table", TableName=client.name(table.name))
    except TableMissing:
        return
    client.wait("table_not_exists", client.name(table.name))


def _protect(client: Client, table: Table) -> None:
    """Ask for what a table need not have to work; a server that does not know of it is asked once."""
    for what, ask in (("point-in-time recovery", _keep_history), ("tags", _tag)):
        if what in client.lacks:
            continue
        try:
            ask(client, client.name(table.name))
        except StorageError as error:
            logger.warning("%s has no %s: %s", client.name(table.name), what, error)
            if UNKNOWN_OPERATION in str(error):
                client.lacks.add(what)


def _keep_history(client: Client, name: str) -> None:
    recovery = {"PointInTimeRecoveryEnabled": True}
    with_retries(
        lambda: client.call("update_continuous_backups", TableName=name, PointInTimeRecoverySpecification=recovery)
    )


def _tag(client: Client, name: str) -> None:
    arn = client.call("describe_table", TableName=name)["Table"]["TableArn"]
    client.call("tag_resource", ResourceArn=arn, Tags=TAGS)


def _declaration(client: Client, table: Table) -> dict[str, Any]:
    keys = [table.key, *(index.key for index in table.indexes)]
    declaration: dict[str, Any] = {
        "TableName": client.name(table.name),
        "BillingMode": "PAY_PER_REQUEST",
        "SSESpecification": {"Enabled": True},
        "KeySchema": _key_schema(table.key),
        "AttributeDefinitions": _definitions(keys),
    }
    if table.indexes:
        declaration["GlobalSecondaryIndexes"] = [_index_declaration(index) for index in table.indexes]
    return declaration


def _index_declaration(index: Index) -> dict[str, Any]:
    return {
        "IndexName": index.name,
        "KeySchema": _key_schema(index.key),
        "Projection": {"ProjectionType": "ALL"},
    }


def _definitions(keys: Iterable[tuple[Attribute, ...]]) -> list[dict[str, str]]:
    attributes = {attribute.name: attribute.type for key in keys for attribute in key}
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in attributes.items()]


def _is_active(client: Client, name: str, index: Index) -> bool:
    found = client.call("describe_table", TableName=name)["Table"]
    states = {each["IndexName"]: each.get("IndexStatus") for each in found.get("GlobalSecondaryIndexes") or ()}
    return found["TableStatus"] == "ACTIVE" and states.get(index.name) == "ACTIVE"


def _key_schema(key: tuple[Attribute, ...]) -> list[dict[str, str]]:
    return [
        {"AttributeName": attribute.name, "KeyType": kind}
        for attribute, kind in zip(key, ("HASH", "RANGE"), strict=False)
    ]


def _key(schema: Sequence[dict[str, str]], types: dict[str, Any]) -> tuple[Attribute, Attribute | None]:
    names = {part["KeyType"]: part["AttributeName"] for part in schema}
    sort = names.get("RANGE")
    return Attribute(names["HASH"], types[names["HASH"]]), None if sort is None else Attribute(sort, types[sort])
