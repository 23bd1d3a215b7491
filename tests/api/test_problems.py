"""Every endpoint answers errors as `application/problem+json` with a documented code."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from core.codes import codes
from core.storage import InvalidOperation, StorageError, Store, StoreUnavailable
from tests.builders import PASSWORD, a_user, an_api_key, api_client, signed_in

ME = "/api/v1/auth/me/"
KEYS = "/api/v1/api-keys/"


def _check(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert set(problem) == {"type", "title", "status", "detail", "code", "errors"}
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"http://localhost:8000/api/v1/errors/{code}/"
    assert problem["title"] == codes()[code].title
    assert problem["detail"].endswith(".")
    return problem


@pytest.fixture
def client() -> APIClient:
    return api_client(a_user())


def test_no_credentials() -> None:
    _check(APIClient().get(ME), 401, "not_signed_in")


@pytest.mark.parametrize("body", ["", "{", "{'name': 'x'}", '{"name": NaN}', "[" * 100_000, "\xff", '{"n": 1e}'])
def test_malformed_json(client: APIClient, body: str) -> None:
    response = client.post(KEYS, body.encode("latin-1"), content_type="application/json")
    _check(response, 400, "invalid" if body == "" else "malformed")


@pytest.mark.parametrize("body", ['{"\\ud800": 1}', '{"name": "\\ud800"}', '{"name": 1e99999999999999999999}'])
def test_json_that_cannot_be_stored_or_repeated(client: APIClient, body: str) -> None:
    _check(client.post(KEYS, body, content_type="application/json"), 400, "malformed")


@pytest.mark.parametrize("charset", ["hex", "no-such-charset", "latin-1"])
def test_a_charset_that_is_not_utf8(client: APIClient, charset: str) -> None:
    response = client.generic("POST", KEYS, "{}", content_type=f"application/json; charset={charset}")
    _check(response, 415, "charset_refused")


@pytest.mark.parametrize("body", ["[]", "null", '"text"', "17", "true"])
def test_json_that_is_no_object(client: APIClient, body: str) -> None:
    problem = _check(client.post(KEYS, body, content_type="application/json"), 400, "invalid")
    assert problem["errors"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_a_body_of_another_type(client: APIClient, content_type: str) -> None:
    _check(client.post(KEYS, "name=x", content_type=content_type), 415, "unsupported_media_type")


def test_a_body_that_is_too_large(client: APIClient) -> None:
    body = '{"name": "' + "x" * 3_000_000 + '"}'
    _check(client.post(KEYS, body, content_type="application/json"), 413, "body_too_large")


@pytest.mark.parametrize(
    ("method", "path"), [("put", ME), ("post", ME), ("patch", KEYS), ("delete", "/api/v1/schema/")]
)
def test_a_method_that_is_not_taken(client: APIClient, method: str, path: str) -> None:
    response = getattr(client, method)(path, {}, format="json")
    _check(response, 405, "method_not_allowed")
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/auth/me", "/api/v2/x/", "/api/", "/api/x"])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_address_that_is_none(path: str, method: str) -> None:
    _check(getattr(APIClient(), method)(path, {}, format="json"), 404, "not_found")


def test_an_answer_that_is_not_json(client: APIClient) -> None:
    _check(client.get(ME, headers={"Accept": "image/png"}), 406, "not_acceptable")


def test_a_field_that_is_not_known(client: APIClient) -> None:
    problem = _check(client.post(KEYS, {"name": "x", "colour": "green"}, format="json"), 400, "invalid")
    assert problem["errors"] == {"colour": ["This field is not known here."]}


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "1.5", "", "9" * 50, "٣"])
def test_a_limit_out_of_bounds(client: APIClient, limit: str) -> None:
    problem = _check(client.get(KEYS, {"limit": limit}), 400, "invalid")
    assert list(problem["errors"]) == ["limit"]


@pytest.mark.parametrize("cursor", ["nonsense", "a:b:c", "é", "x" * 5000])
def test_a_broken_cursor(client: APIClient, cursor: str) -> None:
    problem = _check(client.get(KEYS, {"cursor": cursor}), 400, "cursor_refused")
    assert list(problem["errors"]) == ["cursor"]


def test_a_session_without_a_csrf_token() -> None:
    browser = signed_in(a_user(), enforce_csrf_checks=True)
    response = browser.patch(ME, {"theme": "dark"}, content_type="application/json")
    _check(response, 403, "csrf_failed")


def test_a_session_with_its_csrf_token() -> None:
    a_user()
    browser = Client(enforce_csrf_checks=True)
    token = browser.get("/sign-in/").cookies["csrftoken"].value
    browser.post("/sign-in/", {"identifier": "alice", "password": PASSWORD, "csrfmiddlewaretoken": token})
    token = browser.cookies["csrftoken"].value
    headers = {"X-CSRFToken": token}
    changed = browser.patch(ME, {"theme": "dark"}, content_type="application/json", headers=headers)
    assert changed.json()["theme"] == "dark"


def test_a_key_needs_no_csrf_token() -> None:
    program = APIClient(enforce_csrf_checks=True)
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {an_api_key(a_user())}")
    assert program.patch(ME, {"theme": "dark"}, format="json").status_code == 200


@pytest.mark.parametrize(
    ("outcome_unknown", "sentence"), [(False, "nothing was written"), (True, "It is not known whether it was done")]
)
def test_a_store_that_does_not_answer(
    client: APIClient, store: Store, monkeypatch: pytest.MonkeyPatch, outcome_unknown: bool, sentence: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable(retry_after=7, outcome_unknown=outcome_unknown)

    monkeypatch.setattr(store, "query", fail)
    response = client.get(KEYS)
    assert sentence in _check(response, 503, "unavailable")["detail"]
    assert response["Retry-After"] == "7"


@pytest.mark.parametrize("error", [InvalidOperation("a rule broken"), StorageError("broken")])
def test_a_call_that_the_store_refuses_is_a_fault_of_ours(
    client: APIClient, store: Store, monkeypatch: pytest.MonkeyPatch, error: StorageError
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr(store, "query", fail)
    _check(client.get(KEYS), 500, "error")


def test_a_store_that_does_not_answer_while_finding_out_who_asks(
    client: APIClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable

    browser = signed_in(a_user("bob"))
    browser.raise_request_exception = False
    monkeypatch.setattr(store, "get", fail)
    for accept in ("application/json", "text/html"):
        response = client.get(ME, headers={"Accept": accept})
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
    by_session = browser.get(ME)
    assert by_session.status_code == 503
    assert int(by_session["Retry-After"]) > 0


def test_a_fault_of_ours(client: APIClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(store, "query", fail)
    with pytest.raises(ZeroDivisionError):
        client.get(KEYS)
    client.raise_request_exception = False
    response = client.get(KEYS)
    _check(response, 500, "error")
    assert "secret" not in response.content.decode()


def test_json_that_would_take_long_to_check_is_refused_unread(client: APIClient) -> None:
    body = '{"name": "a", "scope": [' + '{"a": [1]},' * 60_000 + "0]}"
    assert len(body) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    _check(client.post(KEYS, body, content_type="application/json"), 413, "body_too_large")


def test_only_the_first_of_many_unknown_fields_are_named(client: APIClient) -> None:
    body = {"name": "a", **{f"field{number}": 1 for number in range(10_000)}}
    response = client.post(KEYS, body, format="json")
    _check(response, 400, "invalid")
    assert sorted(response.json()["errors"]) == sorted(f"field{number}" for number in range(20))
