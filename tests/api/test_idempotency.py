"""`Idempotency-Key`: a repeated POST gets the first answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from core import clock
from core.accounts.domain import User
from core.accounts.selectors import api_keys_of
from core.api.idempotency import New, creates
from core.errors import Refused
from core.idempotency import Claim, answered_from_item, claim_address
from core.reading import one
from core.retry import LostRace, optimistic
from core.storage import Attr, Put, Store, TransactionCancelled, Write, measured, store
from core.tables import IDEMPOTENCY
from core.wiring import tables
from tests.builders import a_user, an_api_key, api_client

ADDRESS = "/api/v1/api-keys/"
WATCHLIST = next(table for table in tables() if table.name == "Watchlist")


def _post(client: APIClient, key: str | None, name: str = "My bot") -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(ADDRESS, {"name": name}, format="json", headers=headers)


def test_the_same_key_and_body_get_the_first_answer() -> None:
    client = api_client(a_user())
    first, second = _post(client, "k"), _post(client, "k")
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert ("Idempotent-Replay" in first, second["Idempotent-Replay"]) == (False, "true")


def test_without_a_key_each_request_counts() -> None:
    client = api_client(a_user())
    assert _post(client, None).json()["id"] != _post(client, None).json()["id"]


def test_another_body_is_refused() -> None:
    client = api_client(a_user())
    _post(client, "k")
    response = _post(client, "k", name="Another bot")
    assert (response.status_code, response.json()["code"]) == (409, "idempotency_mismatch")
    assert list(response.json()["errors"]) == ["Idempotency-Key"]


def test_the_order_of_the_fields_does_not_matter() -> None:
    client = api_client(a_user())
    headers = {"Idempotency-Key": "k"}
    first = client.post(ADDRESS, '{"name": "x", "scope": "read"}', content_type="application/json", headers=headers)
    second = client.post(ADDRESS, '{"scope":"read","name":"x"}', content_type="application/json", headers=headers)
    assert first.json() == second.json()


def test_a_key_is_one_users_own() -> None:
    alice, bob = api_client(a_user()), api_client(a_user("bob"))
    assert _post(alice, "k").json()["id"] != _post(bob, "k").json()["id"]


def test_what_was_refused_is_not_kept() -> None:
    client = api_client(a_user())
    assert _post(client, "k", name="").status_code == 400
    assert _post(client, "k").status_code == 201


def test_a_key_lasts_a_day(store: Store) -> None:
    client = api_client(a_user())
    first = _post(client, "k")
    with time_machine.travel(clock.now() + timedelta(hours=23), tick=False):
        assert _post(client, "k").json() == first.json()
    later = clock.now() + timedelta(hours=24, seconds=1)
    with time_machine.travel(later, tick=False):
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {an_api_key(User('alice', 'alice@example.com'))}")
        assert _post(client, "k").json()["id"] != first.json()["id"]
        assert len(list(store.dump(IDEMPOTENCY))) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\tin", "ä"])
def test_what_is_not_a_key_is_refused(key: str) -> None:
    response = _post(api_client(a_user()), key)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["Idempotency-Key"]


def test_the_store_learns_nothing_of_the_body(store: Store) -> None:
    body = {"username": "alice", "email": "alice@example.com", "password": "a-long-enough-passphrase"}
    APIClient().post("/api/v1/auth/register/", body, format="json", headers={"Idempotency-Key": "k"})
    [row] = store.dump(IDEMPOTENCY)
    assert set(row) == {"username", "key", "digest", "status", "reference", "expires_at"}
    assert "passphrase" not in str(row)


def test_a_key_costs_one_request_more() -> None:
    client = api_client(a_user())
    with measured() as without:
        _post(client, None)
    with measured() as with_key:
        _post(client, "k")
    assert with_key.requests == without.requests + 1


@pytest.mark.every_backend
def test_of_two_at_once_one_makes_and_the_other_replays() -> None:
    alice = a_user()
    clients = [api_client(alice) for _ in range(4)]
    start = Barrier(len(clients))

    def post(client: APIClient) -> Any:
        start.wait()
        return _post(client, "k")

    with ThreadPoolExecutor(len(clients)) as threads:
        responses = list(threads.map(post, clients))
    assert {response.status_code for response in responses} == {201}
    assert len({response.json()["token"] for response in responses}) == 1
    assert sum("Idempotent-Replay" not in response for response in responses) == 1
    assert len([key for key in api_keys_of("alice").items if key.name == "My bot"]) == 1


class _Asset(serializers.Serializer[Any]):
    asset_id = serializers.CharField()


class _Watching(APIView):
    """A view whose service makes up its own mind before it writes, as an order does."""

    @creates(_Asset, _Asset, get=lambda username, asset_id: {"asset_id": asset_id}, id_field="asset_id", tags=[])
    def post(self, request: Request, new: New) -> dict[str, str]:
        """Watches an asset once; a second time is a refusal."""
        _watch(new.identifier, also=new.also)
        return {"asset_id": new.identifier}


def _watch(asset_id: str, also: tuple[Write, ...]) -> None:
    def work() -> None:
        if store().get(WATCHLIST, {"username": "alice", "asset_id": asset_id}):
            raise Refused("username_taken", "It is watched already.")
        item = {"username": "alice", "asset_id": asset_id}
        put = Put(WATCHLIST, item, condition=Attr("asset_id").not_exists(), label="watch")
        try:
            store().transact_write([put, *also])
        except TransactionCancelled as error:
            raise LostRace from error

    optimistic(work)


def _call_watching(key: str, asset_id: str = "bitcoin") -> Response:
    request = APIRequestFactory().post("/x/", {"asset_id": asset_id}, format="json", headers={"Idempotency-Key": key})
    force_authenticate(request, User("alice", "alice@example.com"))  # type: ignore[arg-type]
    response = _Watching.as_view()(request)
    assert isinstance(response, Response)
    return response


def test_what_the_first_request_changed_does_not_refuse_the_second() -> None:
    assert _call_watching("k").data == {"asset_id": "bitcoin"}
    again = _call_watching("k")
    assert (again.status_code, again.data) == (201, {"asset_id": "bitcoin"})
    assert _call_watching("another").status_code == 409


def test_a_race_lost_to_the_same_key_is_not_run_again() -> None:
    claim = Claim("alice", "k", "digest")
    store().transact_write(claim.also("bitcoin"))
    with measured() as usage, pytest.raises(TransactionCancelled):
        _watch("bitcoin", also=claim.also("bitcoin"))
    assert usage.requests == 2
    earlier = one(claim_address(claim), answered_from_item)
    assert earlier is not None
    assert (earlier.reference, earlier.status) == ("bitcoin", 201)
