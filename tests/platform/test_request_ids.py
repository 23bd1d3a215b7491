"""Each request has a name, in its answer and in what it logs."""

import asyncio
import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.http import HttpResponse
from django.test import AsyncClient, Client
from django.utils.log import log_response

from core import ids, logs
from core.storage import by_journey, store
from core.tables import OUTBOX


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What is logged, as the product writes it outside of a terminal."""
    configuration = logs.configuration("INFO", "json")
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    formatter = dict(configuration["formatters"]["json"])
    formatter.pop("()")
    from pythonjsonlogger.json import JsonFormatter

    handler.setFormatter(JsonFormatter(**formatter))
    handler.addFilter(logs.WithRequestId())
    handler.addFilter(logs.WithoutAddress())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def lines(written: StringIO, logger: str) -> list[dict[str, object]]:
    """The lines of one logger, read back."""
    records = [json.loads(line) for line in written.getvalue().splitlines()]
    return [record for record in records if record["logger"] == logger]


def test_a_request_without_a_name_gets_one(client: Client) -> None:
    name = client.get("/healthz")["X-Request-ID"]
    assert ids.id_time(name)
    assert client.get("/healthz")["X-Request-ID"] != name


def test_a_plain_name_is_kept(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "order-from-till.7"})["X-Request-ID"] == "order-from-till.7"


@pytest.mark.parametrize(
    "name", ["short", "x" * 65, "with space in it", "<script>alert</script>", "ümläute-gehen-nicht"]
)
def test_any_other_name_is_replaced(client: Client, name: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": name})["X-Request-ID"] != name


def test_an_asynchronous_server_names_requests_too() -> None:
    answer = asyncio.run(AsyncClient().get("/healthz", headers={"X-Request-ID": "till-number-7"}))
    assert answer["X-Request-ID"] == "till-number-7"


def test_one_line_tells_how_a_request_went(client: Client, written: StringIO) -> None:
    client.get("/healthz?token=secret", headers={"X-Request-ID": "till-number-7"})

    [line] = lines(written, "core.requests")

    assert line.pop("milliseconds")
    assert line.pop("at")
    assert line == {
        "level": "INFO",
        "logger": "core.requests",
        "message": "GET healthz 200",
        "request_id": "till-number-7",
        "method": "GET",
        "view": "healthz",
        "status": 200,
        "username": "",
    }


def test_a_path_that_leads_nowhere_is_not_logged(client: Client, written: StringIO) -> None:
    client.get("/somebody/typed/a-password/here/")
    [line] = lines(written, "core.requests")
    assert line["view"] == "no such page"
    assert "a-password" not in json.dumps(line)


def test_store_requests_are_counted_under_the_view(client: Client) -> None:
    client.get("/markets/")
    assert by_journey()["market:list"].total.requests > 0


def test_outside_of_a_request_there_is_no_name(client: Client) -> None:
    client.get("/healthz")
    assert logs.request_id.get() == ""
    assert store().get(OUTBOX, {"shard": "0", "event_id": "none"}) is None


def test_a_fault_is_logged_without_the_address_that_may_be_a_key(client: Client, written: StringIO) -> None:
    request = client.get("/password-reset/alice/a-token-of-hers/").wsgi_request
    log_response("%s: %s", "Internal Server Error", request.path, response=HttpResponse(status=500), request=request)
    (line,) = lines(written, "django.request")
    assert line["message"] == "Internal Server Error: accounts:password-reset-confirm"
    assert "a-token-of-hers" not in written.getvalue()
