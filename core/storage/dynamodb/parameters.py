"""Prepared operations as parameters of DynamoDB's API."""

from typing import Any

from boto3.dynamodb.conditions import ConditionBase, ConditionExpressionBuilder

from core.storage.codec import AttributeMap, encode
from core.storage.prepared import TypedQuery, TypedUpdate, TypedWrite

Parameters = dict[str, Any]


def write_parameters(write: TypedWrite, table_name: str) -> Parameters:
    """The parameters of one write, the same alone and in a transaction."""
    expressions = _Expressions()
    parameters: Parameters = {"TableName": table_name}
    if write.item is not None:
        parameters["Item"] = write.item
    else:
        parameters["Key"] = write.key
    if write.update is not None:
        parameters["UpdateExpression"] = expressions.update(write.update)
    if write.condition is not None:
        parameters["ConditionExpression"] = expressions.condition(write.condition.source)
        parameters["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return parameters | expressions.placeholders()


def query_parameters(query: TypedQuery, table_name: str) -> Parameters:
    """The parameters of a query."""
    expressions = _Expressions()
    parameters: Parameters = {
        "TableName": table_name,
        "KeyConditionExpression": expressions.condition(query.range.condition, of_key=True),
        "ScanIndexForward": not query.descending,
        "ConsistentRead": query.consistent,
    }
    if query.index is not None:
        parameters["IndexName"] = query.index.name
    if query.filter is not None:
        parameters["FilterExpression"] = expressions.condition(query.filter.source)
    if query.limit is not None:
        parameters["Limit"] = query.limit
    if query.cursor is not None:
        parameters["ExclusiveStartKey"] = query.cursor
    return parameters | expressions.placeholders()


class _Expressions:
    """The expressions of one call, and the names and values of their placeholders.

    boto3 numbers those of conditions itself (`#n0`, `:v0`); updates have an alphabet of their own (`#u0`, `:u0`),
    since one would silently replace the other.
    """

    def __init__(self) -> None:
        self._builder = ConditionExpressionBuilder()
        self._names: dict[str, str] = {}
        self._values: AttributeMap = {}

    def condition(self, source: ConditionBase, *, of_key: bool = False) -> str:
        built = self._builder.build_expression(source, is_key_condition=of_key)
        self._names |= built.attribute_name_placeholders
        self._values |= {name: encode(value) for name, value in built.attribute_value_placeholders.items()}
        return built.condition_expression

    def update(self, update: TypedUpdate) -> str:
        sets = [f"{self._name(name)} = {self._value(value)}" for name, value in update.set.items()]
        for name, value in update.set_if_absent.items():
            placeholder = self._name(name)
            sets.append(f"{placeholder} = if_not_exists({placeholder}, {self._value(value)})")
        clauses = {
            "SET": sets,
            "ADD": [f"{self._name(name)} {self._value(value)}" for name, value in update.add.items()],
            "REMOVE": [self._name(name) for name in update.remove],
        }
        return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts)

    def placeholders(self) -> Parameters:
        """Left out where there are none, as the API wants it."""
        named: Parameters = {"ExpressionAttributeNames": self._names, "ExpressionAttributeValues": self._values}
        return {parameter: held for parameter, held in named.items() if held}

    def _name(self, name: str) -> str:
        placeholder = f"#u{len(self._names)}"
        self._names[placeholder] = name
        return placeholder

    def _value(self, value: dict[str, Any]) -> str:
        placeholder = f":u{len(self._values)}"
        self._values[placeholder] = value
        return placeholder
