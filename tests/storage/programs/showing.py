"""Steps as text: tables by name, conditions as one reads them."""

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from boto3.dynamodb.conditions import AttributeBase, ConditionBase

from core.storage import Table


def shown(value: Any) -> str:
    """A step, operation, condition or value, without what was left at its default."""
    if isinstance(value, Table):
        return value.name
    if isinstance(value, ConditionBase):
        return _condition(value)
    if isinstance(value, AttributeBase):
        return str(value.name)
    if is_dataclass(value):
        given = [(field, getattr(value, field.name)) for field in fields(value)]
        parts = [f"{field.name}={shown(held)}" for field, held in given if not _is_default(field, held)]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    return repr(value)


def _condition(condition: ConditionBase) -> str:
    expression = condition.get_expression()
    parts = [f"({shown(value)})" if _is_joined(value) else shown(value) for value in expression["values"]]
    text: str = expression["format"].format(*parts, operator=expression["operator"])
    return text


def _is_joined(value: Any) -> bool:
    return isinstance(value, ConditionBase) and value.expression_operator in ("AND", "OR")


def _is_default(field: Any, held: Any) -> bool:
    default = field.default if field.default is not MISSING else None
    return held is default or (isinstance(held, (dict, tuple, str)) and not held)
