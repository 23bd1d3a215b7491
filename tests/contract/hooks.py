"""What schemathesis knows of the site that it is let loose on, and what it checks besides its own.

It is given, in the variable CONTRACT_SITE, a JSON file: keys of two accounts, ids of what the first one has, and
words for fields that have a rule.
"""

import json
import os
import zlib
from pathlib import Path
from typing import Any

import schemathesis

from core.api.idempotency import HEADER
from core.api.refusals import RULE
from core.ids import new_id

SITE: dict[str, Any] = json.loads(Path(os.environ["CONTRACT_SITE"]).read_text())
CLOSING = ("DELETE", "/api/v1/auth/me/")
RULES_OF_LISTS = {"cursor_refused": {"cursor"}}


@schemathesis.auth()
class ByKey:
    """The key of the account that has everything; where the account is closed, that of another."""

    def get(self, case: schemathesis.Case[Any], context: Any) -> str:
        """The key that is kept between requests."""
        return str(SITE["key"])

    def set(self, case: schemathesis.Case[Any], data: str, context: Any) -> None:
        """Signs a request."""
        closes = (case.method.upper(), case.operation.path) == CLOSING
        case.headers["Authorization"] = f"Bearer {SITE['closing_key'] if closes else data}"


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case[Any], kwargs: dict[str, Any]) -> None:
    """Has three of four requests speak of what is there, and of the present, where their words were made up."""
    if case.path_parameters.get("key_id") == SITE["key_id"]:
        case.path_parameters["key_id"] = new_id()  # without this key nothing else would be answered
    made_up = zlib.crc32(str([case.path_parameters, case.query, case.body]).encode())
    if made_up % 4 == 0:
        return
    for name, known in SITE["ids"].items():
        if name in case.path_parameters:
            case.path_parameters[name] = known[made_up // 4 % len(known)]
    for said in (case.body, case.query):
        if isinstance(said, dict):
            said.update({name: value for name, value in SITE["words"].items() if isinstance(said.get(name), str)})
            said.update({name: new_id() for name in SITE["own_ids"] if isinstance(said.get(name), str)})
            said.pop("cursor", None)
    if HEADER in case.headers:
        case.headers[HEADER] = new_id()


@schemathesis.check
def refused_by_rules_alone(context: Any, response: schemathesis.Response, case: schemathesis.Case[Any]) -> None:
    """A request of the form that the description asks for is refused with 400 by its rules alone."""
    if response.status_code != 400 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    problem = response.json()
    named = RULES_OF_LISTS.get(problem["code"], {_leaf(name) for name in problem["errors"]})
    document = case.operation.schema.raw_schema
    unstated = named - rules_of(case.operation.path, case.method, document) - made_up_fields(case, document)
    if problem["code"] not in ("invalid", *RULES_OF_LISTS) or unstated or not named:
        raise AssertionError(f"refused for what the description does not say: {problem['code']} {problem['errors']}")


def made_up_fields(case: schemathesis.Case[Any], document: Any) -> set[str]:
    """Fields of the body that the description does not have, where it says that it takes no others."""
    operation = document["paths"][case.operation.path][case.method.lower()]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if isinstance(case.body, dict) and schema.get("additionalProperties") is False:
            return set(case.body) - set(schema["properties"])
    return set()


def rules_of(path: str, method: str, document: Any) -> set[str]:
    """Names of the fields and parameters of an operation that have a rule, and `request` where its body has one."""
    operation = document["paths"][path][method.lower()]
    found = set(operation.get(RULE, ()))
    found |= {each["name"] for each in operation.get("parameters", []) if RULE in each["schema"]}
    for content in operation.get("requestBody", {}).get("content", {}).values():
        found |= _rules_within(content["schema"], "request", document["components"]["schemas"])
    return found


def _rules_within(schema: Any, name: str, components: Any) -> set[str]:
    if "$ref" in schema:
        return _rules_within(components[schema["$ref"].rpartition("/")[2]], name, components)
    found = {name} if RULE in schema else set()
    inner = [(name, each) for each in schema.get("allOf", [])]
    inner += [(name, schema[key]) for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    for field, each in [*inner, *schema.get("properties", {}).items()]:
        found |= _rules_within(each, field, components)
    return found


def _leaf(name: str) -> str:
    """The field itself of a path like `condition.threshold` or `tags.1`."""
    return next(part for part in reversed(name.split(".")) if not part.isdigit())
