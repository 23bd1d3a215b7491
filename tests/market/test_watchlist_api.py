"""The watchlist over HTTP: one's own alone."""

import pytest
from rest_framework.test import APIClient

from core.storage import measured
from market.selectors import starred_ids
from market.services import star_set
from tests.builders import a_user, api_client
from tests.market.builders import the_catalogue

WATCHLIST = "/api/v1/watchlist/"


@pytest.fixture(autouse=True)
def _assets() -> None:
    the_catalogue()


def listed(client: APIClient) -> list[str]:
    return [item["asset_id"] for item in client.get(WATCHLIST).json()["items"]]


@pytest.mark.every_backend
def test_adding_and_removing() -> None:
    client = api_client(a_user())

    assert client.put(f"{WATCHLIST}bitcoin/").status_code == 204
    assert client.put(f"{WATCHLIST}bitcoin/").status_code == 204
    assert listed(client) == ["bitcoin"]
    assert client.delete(f"{WATCHLIST}bitcoin/").status_code == 204
    assert client.delete(f"{WATCHLIST}bitcoin/").status_code == 204
    assert listed(client) == []


@pytest.mark.every_backend
def test_it_comes_in_pages() -> None:
    client = api_client(a_user())
    for asset_id in ("bitcoin", "ethereum", "solana"):
        star_set("alice", asset_id)

    first = client.get(WATCHLIST, {"limit": "2"}).json()
    second = client.get(WATCHLIST, {"limit": "2", "cursor": first["next"]}).json()

    assert [item["asset_id"] for item in first["items"] + second["items"]] == ["bitcoin", "ethereum", "solana"]
    assert second["next"] is None


def test_an_unknown_asset() -> None:
    answer = api_client(a_user()).put(f"{WATCHLIST}gold/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_one_users_list_is_not_anothers() -> None:
    alice, bob = api_client(a_user("alice")), api_client(a_user("bob"))
    alice.put(f"{WATCHLIST}bitcoin/")

    bob.delete(f"{WATCHLIST}bitcoin/")

    assert listed(bob) == []
    assert starred_ids("alice") == {"bitcoin"}


def test_anothers_cursor_is_refused() -> None:
    alice, bob = api_client(a_user("alice")), api_client(a_user("bob"))
    for asset_id in ("bitcoin", "ethereum"):
        star_set("alice", asset_id)
    cursor = alice.get(WATCHLIST, {"limit": "1"}).json()["next"]

    assert bob.get(WATCHLIST, {"cursor": cursor}).json()["code"] == "cursor_refused"


def test_it_requires_sign_in() -> None:
    assert APIClient().get(WATCHLIST).status_code == 401
    assert APIClient().put(f"{WATCHLIST}bitcoin/").status_code == 401


def test_a_key_that_may_only_read_changes_nothing() -> None:
    client = api_client(a_user(), scope="read")

    assert client.put(f"{WATCHLIST}bitcoin/").json()["code"] == "scope_too_narrow"
    assert listed(client) == []


def test_it_is_one_request() -> None:
    client = api_client(a_user())

    with measured() as usage:
        client.get(WATCHLIST)

    assert usage.without("Users", "ApiKeys").requests == 1
