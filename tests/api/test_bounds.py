"""Every value that a body or a query may hold has its type and its bounds in the description."""

from collections.abc import Iterator
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers

from core.api.fields import Described
from core.api.serializers import StrictSerializer

FORMS = ("date", "date-time", "uuid", "decimal")


def values() -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and schema of all that is taken in, the parts of addresses aside: what is not there is 404."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    components = schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "path":
                    yield from _within(parameter["schema"], f"{where} ?{parameter['name']}", components)
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield from _within(content["schema"], where, components)


def _within(schema: dict[str, Any], where: str, components: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "$ref" in schema:
        yield from _within(components[schema["$ref"].rpartition("/")[2]], where, components)
        return
    several = next((name for name in ("allOf", "oneOf", "anyOf") if name in schema), None)
    if several:
        for each in schema[several]:
            yield from _within(each, where, components)
        return
    yield where, schema
    for name, inner in schema.get("properties", {}).items():
        yield from _within(inner, f"{where} {name}", components)
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            yield from _within(schema[name], f"{where} {name}", components)


def is_bounded(schema: dict[str, Any]) -> bool:
    """Whether the schema says how large or long a value may be."""
    match schema.get("type"):
        case "boolean":
            return True
        case "integer":
            return "enum" in schema or {"minimum", "maximum"} <= schema.keys()
        case "array":
            return "maxItems" in schema
        case "object":
            return schema.get("additionalProperties") is False or "maxProperties" in schema
        case "string" if "enum" in schema or "maxLength" in schema:
            return True
        case "string":
            return "pattern" in schema and (schema.get("format") in FORMS or "x-rule" in schema or "example" in schema)
    return "enum" in schema


@pytest.mark.parametrize(("where", "schema"), [pytest.param(*each, id=each[0]) for each in dict(values()).items()])
def test_it_is_bounded(where: str, schema: dict[str, Any]) -> None:
    assert is_bounded(schema), schema


def _below(kind: type[StrictSerializer]) -> Iterator[type[StrictSerializer]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def test_numbers_and_days_are_read_by_fields_of_the_product() -> None:
    """Those of the framework take digits of other scripts and underscores."""
    assert list(values())  # every view is loaded
    lax = (serializers.IntegerField, serializers.FloatField, serializers.DecimalField, serializers.DateField)
    taken = [
        (kind.__name__, name, field)
        for kind in {*_below(StrictSerializer)}
        if not kind.__module__.startswith("tests.")
        for name, field in kind().fields.items()
    ]
    assert [each[:2] for each in taken if isinstance(each[2], lax) and not isinstance(each[2], Described)] == []


def test_a_file_is_binary() -> None:
    files = {where: schema for where, schema in values() if where.endswith(" file")}
    assert len(files) == 2
    assert {schema["format"] for schema in files.values()} == {"binary"}
