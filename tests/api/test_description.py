"""The description of the API: OpenAPI, Swagger UI, browsable pages, error codes."""

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from core.codes import codes
from core.errors import CryptoPulseError
from tests.builders import a_user, signed_in

APPS = ("core", "market", "portfolio", "budgets", "carbon", "alerts")


def _schema() -> dict[str, Any]:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


def test_the_description_is_valid_and_free_of_warnings() -> None:
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        schema = _schema()
    found = {**GENERATOR_STATS._warn_cache, **GENERATOR_STATS._error_cache}
    GENERATOR_STATS.reset()
    assert found == {}
    validate_schema(schema)  # type: ignore[no-untyped-call]


def test_every_operation_says_each_way_in_which_it_refuses() -> None:
    schema = _schema()
    answers = schema["components"]["responses"]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            refusals = {status for status in operation["responses"] if int(status) >= 400}
            assert {"429", "503"} <= refusals, (method, path)
            assert ("413" in refusals) == ("requestBody" in operation), (method, path)
            assert ("401" in refusals) >= ({} not in operation["security"]), (method, path)
            for status in refusals:
                answer = answers[operation["responses"][status]["$ref"].rpartition("/")[2]]
                assert "application/problem+json" in answer["content"], (method, path)


def test_every_post_that_creates_takes_an_idempotency_key() -> None:
    creating = [
        (path, operation)
        for path, operations in _schema()["paths"].items()
        for method, operation in operations.items()
        if method == "post" and "201" in operation["responses"]
    ]
    assert creating
    for path, operation in creating:
        assert "Idempotency-Key" in [parameter["name"] for parameter in operation.get("parameters", [])], path


def test_lists_take_limit_and_cursor() -> None:
    operation = _schema()["paths"]["/api/v1/api-keys/"]["get"]
    assert {parameter["name"] for parameter in operation["parameters"]} == {"limit", "cursor"}


def test_it_is_open_to_visitors(client: Client) -> None:
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    assert yaml.safe_load(response.content)["info"]["title"] == "CryptoPulse"


def test_swagger_ui_keeps_the_strict_content_policy(client: Client) -> None:
    response = client.get("/api/v1/docs/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<style" not in page
    assert "<script>" not in page
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    script = client.get("/api/v1/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "/api/v1/schema/" in script.content.decode()


def test_the_browsable_pages_work_signed_in() -> None:
    response = signed_in(a_user()).get("/api/v1/auth/me/", headers={"Accept": "text/html"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "alice@example.com" in page
    assert 'href="/settings/"' in page
    policy = response["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self'" in policy
    assert "script-src 'self' " not in policy


def test_the_browsable_pages_send_visitors_to_sign_in(client: Client) -> None:
    response = client.get("/api/v1/auth/me/?a=1&b=2", headers={"Accept": "text/html"})
    assert response.status_code == 401
    assert 'href="/sign-in/?next=%2Fapi%2Fv1%2Fauth%2Fme%2F%3Fa%3D1%26b%3D2"' in response.content.decode()


def test_the_first_page_says_where_everything_is(client: Client) -> None:
    addresses = client.get("/api/v1/").json()
    assert addresses["me"] == "http://testserver/api/v1/auth/me/"
    assert {"docs", "schema", "errors", "orders", "assets", "alerts"} <= addresses.keys()
    assert {client.get(address).status_code for address in addresses.values()} <= {200, 401, 405}


def test_breadcrumbs_lead_somewhere() -> None:
    browser = signed_in(a_user())
    page = browser.get("/api/v1/auth/me/", headers={"Accept": "text/html"}).content.decode()
    assert 'href="/api/v1/"' in page
    assert "Nothing Here" not in page


def test_json_is_the_answer_to_who_does_not_ask(client: Client) -> None:
    assert client.get("/api/v1/errors/")["Content-Type"] == "application/json"
    assert client.get("/api/v1/errors/", headers={"Accept": "*/*"})["Content-Type"] == "application/json"


def test_the_type_of_a_problem_explains_it(client: Client) -> None:
    listed = client.get("/api/v1/errors/").json()["items"]
    assert [error["code"] for error in listed] == list(codes())
    address = client.get("/api/v1/auth/me/").json()["type"].removeprefix(settings.PUBLIC_URL)
    explained = client.get(address).json()
    assert (explained["code"], explained["status"]) == ("not_signed_in", 401)
    assert client.get("/api/v1/errors/no_such_code/").status_code == 404


def _code_of(call: ast.Call) -> ast.expr | None:
    """The code that the making of an error is given, if this is one."""
    assert isinstance(call.func, ast.Name)
    if call.func.id == "Refused" and call.args:
        return call.args[0]
    if call.func.id == "HandshakeRefused":
        return call.args[1]
    if call.func.id in ("NotPermitted", "NotFound", "CryptoPulseError"):
        return next((keyword.value for keyword in call.keywords if keyword.arg == "code"), None)
    return None


def _codes_raised() -> set[str]:
    """Every literal code that an app gives to an error."""
    raised: set[str] = set()
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text())):
                if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                    continue
                code = _code_of(call)
                if isinstance(code, ast.Constant):
                    raised.add(str(code.value))
    return raised


def test_every_code_that_is_raised_is_documented() -> None:
    raised = _codes_raised()
    assert {"username_taken", "scope_too_narrow"} <= raised
    assert raised - set(codes()) == set()


def _errors(kind: type[CryptoPulseError]) -> list[type[CryptoPulseError]]:
    return [kind, *(error for direct in kind.__subclasses__() for error in _errors(direct))]


@pytest.mark.parametrize("kind", [kind for kind in _errors(CryptoPulseError) if kind.code != "error"])
def test_every_kind_of_error_is_documented_with_its_status(kind: type[CryptoPulseError]) -> None:
    assert codes()[kind.code].status == kind.status
