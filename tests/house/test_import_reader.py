"""Another kind of bank files is one reader in the list of readers: from upload to confirmation, by page and by API."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.domain.importing import readers
from budgets.selectors.imports import imports_newest
from budgets.services import imports
from core.ids import new_id
from tests.budgets.builders import check_totals
from tests.budgets.importing.builders import HEAD, MILK, TEA, said, states, uploaded
from tests.builders import a_user, api_client, signed_in
from tests.house.json_lines import JsonLines
from tests.times import NOON

FILE = b"""{"Date": "2026-11-20", "Payee": "Tea", "Amount": "-3.50"}
{"Date": "2026-11-19", "Payee": "Milk", "Amount": "-1.20"}
{"Date": "soon", "Payee": "Gnomes", "Amount": "-1.00"}
"""
ADDRESS = "/api/v1/expenses/imports/"
ADDED = Counter({(date(2026, 11, 20), "Tea", Decimal("3.50")): 1, (date(2026, 11, 19), "Milk", Decimal("1.20")): 1})


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is registered, and it is noon."""
    monkeypatch.setattr(readers, "READERS", (JsonLines(), *readers.READERS))
    with time_machine.travel(NOON, tick=True):
        yield


def sent(content: bytes = FILE) -> SimpleUploadedFile:
    """The file as a client sends it."""
    return SimpleUploadedFile("bank.jsonl", content)


def test_by_page_such_a_file_is_offered_shown_and_added() -> None:
    alice = a_user()
    client = signed_in(alice)
    assert ".csv" in client.get("/budgets/imports/add/").content.decode()
    assert ".jsonl" in client.get("/budgets/imports/add/").content.decode()

    answer = client.post("/budgets/imports/add/", {"id": new_id(), "file": sent()})
    (found,) = imports_newest("alice", 5).items
    assert answer["Location"] == f"/budgets/imports/{found.import_id}/"
    assert (found.header, states(found)) == (("Date", "Payee", "Amount"), ["new", "new", "error"])
    assert "Milk" in client.get(answer["Location"]).content.decode()

    client.post(f"{answer['Location']}confirm/", {})
    imports.work("alice", found.import_id)
    assert said(alice) == ADDED
    check_totals(alice)


def test_by_api_such_a_file_is_read_and_added() -> None:
    alice = a_user()
    client = api_client(alice)
    body = client.post(ADDRESS, {"file": sent()}, format="multipart").json()
    assert (body["status"], body["counts"]["new"], body["counts"]["error"]) == ("preview", 2, 1)
    rows = client.get(f"{ADDRESS}{body['import_id']}/rows/").json()["items"]
    assert [(row["number"], row["merchant"], row["amount"]) for row in rows[:2]] == [
        (1, "Tea", "3.50"),
        (2, "Milk", "1.20"),
    ]

    client.post(f"{ADDRESS}{body['import_id']}/confirm/", {}, format="json")
    imports.work("alice", body["import_id"])
    assert client.get(f"{ADDRESS}{body['import_id']}/").json()["added"] == 2
    assert said(alice) == ADDED


def test_the_same_payments_of_another_kind_of_file_are_recognised() -> None:
    alice = a_user()
    client = api_client(alice)
    body = client.post(ADDRESS, {"file": sent()}, format="multipart").json()
    client.post(f"{ADDRESS}{body['import_id']}/confirm/", {}, format="json")
    imports.work("alice", body["import_id"])
    assert states(uploaded(alice, TEA, MILK, head=HEAD)) == ["duplicate", "duplicate"]


def test_what_it_refuses_is_an_error_of_the_file_and_other_files_are_read_as_before() -> None:
    alice = a_user()
    client = api_client(alice)
    refused = client.post(ADDRESS, {"file": sent(b'{"Date": ')}, format="multipart")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["file"])
    assert states(uploaded(alice, TEA)) == ["new"]
