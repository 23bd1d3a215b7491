"""What somebody sends who means no good, to every door of the site: addresses, questions, forms and bodies.

Forms are read from the pages themselves, and bodies from the description of the API, so that nothing has to be listed.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

from core.ids import new_id

TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "9" * 40,
    "9" * 5000,
    "-1",
    "0",
    "1e999999999",
    "1e-999999999",
    "1e-30",
    "NaN",
    "sNaN",
    "-Infinity",
    "٣",
    "²",
    "1_000",
    "0001-01-01",
    "9999-12-31",
    "9999-12",
    "0000-00",
    "2026-13-45",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "\ud800",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u202e\ufeff",
    "x" * 3000,
    "é" * 1100,
    "'\"><script>alert(1)</script>",
    "{{7*7}}{%now%}%s%(x)s",
    "../../etc/passwd",
    "a#b",
    "eyJ4IjoxfQ:1abc:AAAA",
    "0198c1e0-0000-7000-8000-000000000000",
    "ffffffff-ffff-7fff-bfff-ffffffffffff",
)
"""Values of a field or a part of an address; the lone surrogate goes out as the bytes that stand for it."""

VALUES: tuple[Any, ...] = (
    None,
    True,
    [],
    {},
    [None],
    [[]],
    {"$ne": None},
    -1,
    0,
    1.5,
    1e308,
    10**30,
    10**400,
    float("nan"),
    float("inf"),
    *TEXTS,
)
"""Values in JSON."""

BODIES = (
    b"",
    b"null",
    b"[]",
    b"[{}]",
    b'"x"',
    b"1",
    b"true",
    b"{",
    b"\xff\xfe\x00",
    b'\xef\xbb\xbf{"a": 1}',
    b'{"a": NaN, "a": 1e999}',
    b'{"\\u0000": "\\ud800"}',
    b"9" * 5000,
    b"[" * 20_000,
    b'{"a":' * 20_000,
)
"""Whole bodies."""

KEYS = ("", "x" * 201, "a b", "\t")
"""Values of the header that makes a request safe to repeat."""

KINDS = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", "")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")

PART = re.compile(r"<(?:\w+:)?(\w+)>")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
FIELD = re.compile(r"<(?:input|select|textarea|button)\b([^>]*)>")
ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Door:
    """One address by its name, with its parts still open: `budgets/expenses/<expense_id>/`."""

    name: str
    route: str

    @property
    def parts(self) -> list[str]:
        """Names of the parameters of the address."""
        return PART.findall(self.route)

    def at(self, values: dict[str, str]) -> str:
        """The address with these parts, whatever they hold."""
        return "/" + PART.sub(lambda found: quoted(values[found[1]]), self.route)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page, as a browser would send it unchanged."""

    method: str
    address: str
    fields: dict[str, str] = field(hash=False)


def doors() -> list[Door]:
    """Every named address of the site."""
    return sorted(_doors(get_resolver().url_patterns), key=lambda door: door.name)


def quoted(text: str) -> str:
    """Text in an address, the bytes of a lone surrogate too."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def query_of(pairs: list[tuple[str, str]]) -> str:
    """Names and values as a query string or the body of a form."""
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])


def forms_of(page: str, address: str) -> list[Form]:
    """The forms of a page, each with the values that stand in it."""
    found = []
    for head, inside in FORM.findall(page):
        attributes = dict(ATTRIBUTE.findall(head))
        fields: dict[str, str] = {}
        for tag in FIELD.findall(inside):
            said = dict(ATTRIBUTE.findall(tag))
            if "name" in said and said["name"] != "csrfmiddlewaretoken":
                fields.setdefault(said["name"], unescape(said.get("value", "")))
        to = unescape(attributes.get("action", "") or address).partition("?")[0]
        found.append(Form(attributes.get("method", "get").upper(), to, fields))
    return found


def operations() -> Iterator[tuple[str, str, list[str], dict[str, Any]]]:
    """Method, path, names in the query and a sound JSON body of every operation of the API."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    components = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            asked = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
            content = operation.get("requestBody", {}).get("content", {})
            body = next(iter(content.values()))["schema"] if content else {}
            yield method.upper(), path, asked, _example(body, components) if body else {}


def _example(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    """A value that a schema describes."""
    if "$ref" in schema:
        return _example(components[schema["$ref"].rpartition("/")[2]], components)
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return _example(schema[several][0], components)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {name: _example(inner, components) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [_example(schema["items"], components)]
    by_format = {"date": "2026-11-20", "date-time": "2026-11-20T09:30:00Z", "uuid": new_id(), "decimal": "12.50"}
    by_kind = {"integer": 1, "number": 1, "boolean": True, "string": "Some text"}
    return by_format.get(schema.get("format", ""), by_kind.get(str(kind)))


def dumped(value: Any) -> bytes:
    """JSON, with what JSON does not know as Python writes it."""
    return json.dumps(value).encode()


def _doors(found: list[Any], above: str = "", namespace: str = "") -> Iterator[Door]:
    for entry in found:
        route = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _doors(
                entry.url_patterns, route, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        elif isinstance(entry, URLPattern) and entry.name and "^" not in route:
            yield Door(f"{namespace}{entry.name}", route)
