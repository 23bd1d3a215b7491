"""A request that is too large is refused before it is read, by a page or a problem that says what to do."""

import asyncio
from typing import Any

from django.test import Client

from cryptopulse.edge.body_limit import MOST_BODY, LimitedBodies

HEADERS_OF: dict[str, list[tuple[bytes, bytes]]] = {
    "a large one": [(b"content-length", str(MOST_BODY + 1).encode())],
    "one that says nothing": [],
}


async def read_by(application: Any, headers: list[tuple[bytes, bytes]], pieces: list[bytes]) -> list[dict[str, Any]]:
    """What an application reads of a body that comes in these pieces, until its end or the end of the connection."""
    read: list[dict[str, Any]] = []
    coming: list[dict[str, Any]] = [
        *({"type": "http.request", "body": piece, "more_body": True} for piece in pieces),
        {"type": "http.request", "body": b"", "more_body": False},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return coming.pop(0)

    async def send(message: dict[str, Any]) -> None:
        raise AssertionError("nothing is answered here")

    async def reading(scope: dict[str, Any], receive: Any, send: Any) -> None:
        while True:
            read.append(await receive())
            if read[-1]["type"] == "http.disconnect" or not read[-1]["more_body"]:
                return

    await application(reading)({"type": "http", "headers": headers}, receive, send)
    return read


def test_a_body_that_says_it_is_too_large_is_never_handed_on() -> None:
    read = asyncio.run(read_by(LimitedBodies, HEADERS_OF["a large one"], [b"x" * 1000] * 3))
    assert read == [{"type": "http.request", "body": b"", "more_body": False}]


def test_a_body_that_grows_beyond_the_limit_ends_the_request() -> None:
    piece = b"x" * (MOST_BODY // 3)
    read = asyncio.run(read_by(LimitedBodies, HEADERS_OF["one that says nothing"], [piece] * 10))
    assert [message["type"] for message in read] == ["http.request"] * 3 + ["http.disconnect"]


def test_others_pass_as_they_are() -> None:
    read = asyncio.run(read_by(LimitedBodies, [(b"content-length", b"6")], [b"abc", b"def"]))
    assert b"".join(message["body"] for message in read) == b"abcdef"


def test_a_page_says_what_to_do(client: Client) -> None:
    response = client.post("/sign-in/", b"x" * (MOST_BODY + 1), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "at most 10 MB" in response.content.decode()


def test_a_program_gets_the_problem(client: Client) -> None:
    response = client.put("/api/v1/expenses/x/receipt/", b"x" * (MOST_BODY + 1), content_type="multipart/form-data")
    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"


def test_a_length_that_is_no_number_is_not_taken_for_a_large_one(client: Client) -> None:
    assert client.get("/sign-in/", headers={"content-length": "many"}).status_code == 200
