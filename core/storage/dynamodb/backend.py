"""The backend on DynamoDB."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from core.storage.backend import Answer, Backend, TypedPage
from core.storage.codec import AttributeMap, decode_item
from core.storage.drift import drift
from core.storage.dynamodb import administration, failures
from core.storage.dynamodb.client import Client
from core.storage.dynamodb.parameters import query_parameters, write_parameters
from core.storage.errors import (
    ConditionFailed,
    InvalidOperation,
    Reason,
    TableMissing,
    TransactionCancelled,
    TransactionConflict,
)
from core.storage.operations import TableSize
from core.storage.prepared import TypedQuery, TypedWrite
from core.storage.schema import Index, Table


class DynamoBackend:
    """Items on a DynamoDB server."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, table: Table, key: AttributeMap, *, consistent: bool) -> Answer[AttributeMap | None]:
        answer = self._client.call(
            "get_item",
            TableName=self._client.name(table.name),
            Key=key,
            ConsistentRead=consistent,
            ReturnConsumedCapacity="TOTAL",
        )
        return Answer(answer.get("Item"), _units(answer))

    def batch_get(
        self, keys: Sequence[tuple[Table, AttributeMap]], *, consistent: bool
    ) -> Answer[dict[int, AttributeMap | None]]:
        requested: dict[str, Any] = {}
        positions: dict[tuple[str, str], int] = {}
        for position, (table, key) in enumerate(keys):
            name = self._client.name(table.name)
            requested.setdefault(name, {"Keys": [], "ConsistentRead": consistent})["Keys"].append(key)
            positions[name, _address(table, key)] = position
        answer = self._client.call("batch_get_item", RequestItems=requested, ReturnConsumedCapacity="TOTAL")
        found: dict[int, AttributeMap | None] = dict.fromkeys(range(len(keys)))
        tables = {self._client.name(table.name): table for table, _ in keys}
        for name, items in answer.get("Responses", {}).items():
            found.update({positions[name, _address(tables[name], item)]: item for item in items})
        for name, unread in answer.get("UnprocessedKeys", {}).items():
            for key in unread["Keys"]:
                del found[positions[name, _address(tables[name], key)]]
        return Answer(found, _units(answer))

    def write(self, write: TypedWrite) -> Answer[AttributeMap | None]:
        parameters = write_parameters(write, self._client.name(write.table.name))
        operation = "put_item"
        if write.update is not None:
            operation, parameters["ReturnValues"] = "update_item", "ALL_NEW"
        elif write.delete:
            operation, parameters["ReturnValues"] = "delete_item", "ALL_OLD"
        try:
            answer = self._client.call(
                operation, repeatable=write.repeatable, **parameters, ReturnConsumedCapacity="TOTAL"
            )
        except failures.Refused as refused:
            item = refused.response.get("Item")
            raise ConditionFailed(write.label, decode_item(item) if item else None) from refused
        return Answer(answer.get("Attributes"), 0, _units(answer))

    def query(self, query: TypedQuery) -> Answer[TypedPage]:
        answer = self._client.call(
            "query", **query_parameters(query, self._client.name(query.table.name)), ReturnConsumedCapacity="TOTAL"
        )
        return Answer(TypedPage(answer["Items"], answer.get("LastEvaluatedKey")), _units(answer))

    def batch_write(self, writes: Sequence[TypedWrite]) -> Answer[list[TypedWrite]]:
        requested: dict[str, list[Any]] = {}
        for write in writes:
            verb = {"DeleteRequest": {"Key": write.key}} if write.delete else {"PutRequest": {"Item": write.item}}
            requested.setdefault(self._client.name(write.table.name), []).append(verb)
        answer = self._client.call("batch_write_item", RequestItems=requested, ReturnConsumedCapacity="TOTAL")
        undone = answer.get("UnprocessedItems", {})
        left = [write for write in writes if _is_among(write, undone.get(self._client.name(write.table.name), ()))]
        return Answer(left, 0, _units(answer))

    def transact_write(self, writes: Sequence[TypedWrite], token: str) -> Answer[None]:
        actions = [{_verb(write): write_parameters(write, self._client.name(write.table.name))} for write in writes]
        try:
            answer = self._client.call(
                "transact_write_items", TransactItems=actions, ClientRequestToken=token, ReturnConsumedCapacity="TOTAL"
            )
        except failures.Refused as refused:
            _raise_cancelled(writes, refused.response)
        return Answer(None, 0, _units(answer))

    def create(self, table: Table) -> bool:
        return administration.create(self._client, table)

    def add_index(self, table: Table, index: Index) -> None:
        administration.add_index(self._client, table, index)

    def add_ttl(self, table: Table, ttl: str) -> None:
        administration.add_ttl(self._client, table, ttl)

    def conform(self, table: Table) -> bool:
        existing = self.describe(table)
        if existing is None:
            raise TableMissing(f"no such table: {table.name}: run `python manage.py createtables`")
        if differences := drift(table, existing):
            raise InvalidOperation(" ".join(differences))
        return False

    def used_elsewhere(self) -> bool:
        return False  # a server does not say who asks it

    def describe(self, table: Table) -> Table | None:
        return administration.describe(self._client, table)

    def size(self, table: Table) -> TableSize | None:
        return administration.size(self._client, table)

    def drop(self, table: Table) -> None:
        administration.drop(self._client, table)

    def scan(self, table: Table) -> Iterator[list[AttributeMap]]:
        after: dict[str, Any] = {}
        while True:
            page = self._client.call("scan", TableName=self._client.name(table.name), ConsistentRead=True, **after)
            yield page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            after = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    @contextmanager
    def snapshot(self) -> Iterator[Backend]:
        yield self  # tables are read one after the other; point-in-time recovery gives one moment of all

    def purge_expired(self, now: int) -> int:
        return 0  # the server does it

    def catch_up(self) -> None:
        pass  # the server does it in its own time

    def close(self) -> None:
        self._client.close()


def _verb(write: TypedWrite) -> str:
    if write.item is not None:
        return "Put"
    if write.update is not None:
        return "Update"
    return "Delete" if write.delete else "ConditionCheck"


def _address(table: Table, attributes: AttributeMap) -> str:
    return repr([attributes[name] for name in table.key_names])


def _is_among(write: TypedWrite, undone: Sequence[Mapping[str, Any]]) -> bool:
    address = _address(write.table, write.key)
    for request in undone:
        ((_, content),) = request.items()
        if _address(write.table, content.get("Key") or content["Item"]) == address:
            return True
    return False


def _units(answer: Mapping[str, Any]) -> float:
    consumed = answer.get("ConsumedCapacity") or []
    by_table = [consumed] if isinstance(consumed, dict) else consumed
    return float(sum(each.get("CapacityUnits", 0) for each in by_table))


def _raise_cancelled(writes: Sequence[TypedWrite], response: Mapping[str, Any]) -> NoReturn:
    """Conditions that failed come first; where none did, the transaction was in conflict, throttled or invalid."""
    given = response.get("CancellationReasons") or []
    reasons = tuple(_reason(write, reason) for write, reason in zip(writes, given, strict=False))
    if any(reason.failed for reason in reasons):
        raise TransactionCancelled(reasons)
    for reason in given:
        code, message = reason.get("Code", "None"), reason.get("Message", "")
        if (not_now := failures.unavailable(code, message)) is not None:
            raise not_now
        if code != "None":
            raise failures.invalid(message or code)
    raise TransactionConflict(response["Error"].get("Message", "cancelled without a reason"))


def _reason(write: TypedWrite, reason: Mapping[str, Any]) -> Reason:
    if reason.get("Code") != "ConditionalCheckFailed":
        return Reason("None", write.label)
    item = reason.get("Item")
    return Reason("ConditionalCheckFailed", write.label, decode_item(item) if item else None)
