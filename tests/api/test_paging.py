"""Lists in pages with signed cursors."""

from rest_framework.test import APIClient

from core.accounts.selectors import user_get
from core.accounts.services import api_key_create
from tests.builders import a_user, api_client, next_cursor_of, signed_in
from tests.market.builders import the_catalogue
from tests.portfolio.builders import paid_in

ADDRESS = "/api/v1/api-keys/"


def _alice_with_keys(count: int) -> APIClient:
    alice = a_user()
    client = api_client(alice)
    for number in range(count):
        api_key_create(alice, name=f"Key {number}", scope="read", expires_at=None)
    return client


def test_pages_hold_everything_once_and_in_order() -> None:
    client = _alice_with_keys(7)
    names: list[str] = []
    cursor = None
    for _ in range(4):
        query = {"limit": "3"} if cursor is None else {"limit": "3", "cursor": cursor}
        page = client.get(ADDRESS, query).json()
        names += [key["name"] for key in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(names) == sorted([f"Key {number}" for number in range(7)] + ["Tests"])
    assert cursor is None


def test_without_a_limit_a_page_holds_fifty() -> None:
    alice = a_user()
    client = api_client(alice)
    for _ in range(59):
        paid_in(alice, "1")
    assert len(client.get("/api/v1/portfolio/ledger/").json()["items"]) == 50
    assert len(client.get("/api/v1/portfolio/ledger/", {"limit": "100"}).json()["items"]) == 60


def test_a_cursor_is_no_use_to_another_user() -> None:
    cursor = _alice_with_keys(3).get(ADDRESS, {"limit": "2"}).json()["next"]
    response = api_client(a_user("bob")).get(ADDRESS, {"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (400, "cursor_refused")


def test_a_cursor_is_no_use_in_another_list() -> None:
    client = _alice_with_keys(3)
    cursor = client.get(ADDRESS, {"limit": "2"}).json()["next"]
    assert client.get("/api/v1/alerts/", {"cursor": cursor}).json()["code"] == "cursor_refused"


def test_a_cursor_of_the_page_is_no_use_to_a_program() -> None:
    client = _alice_with_keys(30)
    cursor = next_cursor_of(signed_in(user_get("alice")).get("/settings/api-keys/"))
    assert cursor
    assert client.get(ADDRESS, {"cursor": cursor}).json()["code"] == "cursor_refused"


def test_a_cursor_is_good_for_its_own_query_in_any_order_and_for_pages_of_any_size() -> None:
    client = APIClient()
    the_catalogue()
    path = "/api/v1/assets/"
    cursor = client.get(f"{path}?q=a&sort=name&limit=2").json()["next"]
    assert client.get(path, {"sort": "name", "limit": "3", "cursor": cursor, "q": "a"}).status_code == 200
    assert client.get(path, {"sort": "name", "cursor": cursor}).json()["code"] == "cursor_refused"


def test_an_empty_parameter_changes_nothing_for_a_cursor() -> None:
    client = APIClient()
    the_catalogue()
    path = "/api/v1/assets/"
    cursor = client.get(f"{path}?q=&sort=name&limit=2").json()["next"]
    assert client.get(path, {"sort": "name", "cursor": cursor}).status_code == 200


def test_a_cursor_changed_by_a_letter_is_refused() -> None:
    client = _alice_with_keys(3)
    cursor = client.get(ADDRESS, {"limit": "2"}).json()["next"]
    changed = cursor[:-1] + ("a" if cursor[-1] != "a" else "b")
    assert client.get(ADDRESS, {"cursor": changed}).status_code == 400
