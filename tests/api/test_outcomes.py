"""When the store fails half-way, the answer says whether anything may have been written."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core.storage import Store, StoreUnavailable, using
from portfolio import selectors
from tests.builders import PASSWORD, a_user, api_client

WRITES = ("write", "batch_write", "transact_write")


class FailingStore(Store):
    """The same data as another store, which goes out of reach during the write of a number, counted from 1.

    `is_done`: that write is done, and its answer arrives; else its answer is lost, and whether it was done is open.
    """

    def __init__(self, whole: Store, at_write: int, *, is_done: bool) -> None:
        super().__init__(_FailingBackend(whole._backend, at_write, is_done))


class _FailingBackend:
    def __init__(self, whole: Any, left: int, is_done: bool) -> None:
        self._whole = whole
        self._left = left
        self._is_done = is_done

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._whole, name)

        def answer(*args: Any, **options: Any) -> Any:
            if self._left == 0:
                raise StoreUnavailable("out of reach", repeatable=False)
            self._left -= name in WRITES
            found = call(*args, **options)
            if self._left == 0 and not self._is_done:
                raise StoreUnavailable("the answer was lost", repeatable=False, outcome_unknown=True)
            return found

        return answer


@pytest.fixture
def program() -> APIClient:
    """A program of alice's."""
    return api_client(a_user())


def detail(response: Any) -> str:
    """What the problem says."""
    assert response.status_code == 503
    return str(response.json()["detail"])


def test_a_write_that_was_done_before_a_read_that_failed(program: APIClient, store: Store) -> None:
    with using(FailingStore(store, 1, is_done=True)):
        response = program.post("/api/v1/auth/token/", {"username": "alice", "password": PASSWORD}, format="json")
    assert "nothing was written" in detail(response), "no request is for the count of an attempt"

    with using(FailingStore(store, 2, is_done=True)):
        response = program.post("/api/v1/auth/token/", {"username": "alice", "password": PASSWORD}, format="json")
    assert "It is not known whether it was done" in detail(response)


def test_an_answer_that_was_lost_before_a_read_that_failed(program: APIClient, store: Store) -> None:
    deposit = {"amount": "5"}
    with using(FailingStore(store, 1, is_done=False)):
        response = program.post(
            "/api/v1/portfolio/deposits/", deposit, format="json", headers={"Idempotency-Key": "mine"}
        )
    assert "It is not known whether it was done" in detail(response)

    again = program.post("/api/v1/portfolio/deposits/", deposit, format="json", headers={"Idempotency-Key": "mine"})
    assert again.status_code == 201
    assert len(selectors.ledger_all("alice")) == 2


def test_a_read_that_fails_before_any_write(program: APIClient, store: Store) -> None:
    with using(FailingStore(store, 0, is_done=True)):
        assert "nothing was written" in detail(
            program.post("/api/v1/portfolio/deposits/", {"amount": "5"}, format="json")
        )


def test_one_request_knows_nothing_of_the_one_before(program: APIClient, store: Store) -> None:
    assert program.post("/api/v1/portfolio/deposits/", {"amount": "5"}, format="json").status_code == 201
    with using(FailingStore(store, 0, is_done=True)):
        assert "nothing was written" in detail(program.get("/api/v1/portfolio/"))


def test_a_page_says_so_too(store: Store) -> None:
    a_user()
    browser = Client(raise_request_exception=False)
    with using(FailingStore(store, 2, is_done=True)):
        answer = browser.post("/sign-in/", {"identifier": "alice", "password": PASSWORD})
    assert answer.status_code == 503
    assert "Your change may or may not have been made" in answer.content.decode()
