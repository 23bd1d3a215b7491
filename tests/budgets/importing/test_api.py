"""Imports over HTTP."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from budgets.services import imports
from core.ids import new_id
from tests.budgets.builders import check_totals, spent
from tests.budgets.importing.builders import BROKEN, HEAD, MILK, PAY, TEA, expenses, imported, now, said, uploaded
from tests.builders import a_user, api_client

ADDRESS = "/api/v1/expenses/imports/"


def send(client: APIClient, *rows: str, head: str = HEAD, key: str = "", **fields: Any) -> Any:
    """Upload a file."""
    file = SimpleUploadedFile("bank.csv", (head + "".join(rows)).encode(), "text/csv")
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(ADDRESS, {"file": file, **fields}, format="multipart", headers=headers)


def test_a_file_goes_from_upload_to_undo() -> None:
    alice = a_user()
    mine = spent(alice, "3.50")
    client = api_client(alice)

    found = send(client, TEA, MILK, PAY, BROKEN, spending="negative")
    assert found.status_code == 201, found.content
    body = found.json()
    assert (body["status"], body["rows"], body["questions"]) == ("preview", 4, {})
    assert body["counts"] == {"new": 1, "duplicate": 0, "alike": 1, "credit": 1, "error": 1}
    assert body["expires_at"][:10] == "2026-11-27"
    address = f"{ADDRESS}{body['import_id']}/"

    rows = client.get(f"{address}rows/").json()["items"]
    assert [(row["number"], row["state"]) for row in rows] == [(2, "alike"), (3, "new"), (4, "credit"), (5, "error")]
    assert rows[0]["expense_id"] == mine.expense_id
    assert (rows[1]["amount"], rows[1]["date"]) == ("1.20", "2026-11-19")
    assert rows[3]["problems"][0]["field"] == "date"

    confirmed = client.post(f"{address}confirm/", {"credits": "refund", "include": [2]}, format="json")
    assert (confirmed.status_code, confirmed.json()["status"], confirmed.json()["total"]) == (202, "running", 3)
    imports.work("alice", body["import_id"])
    done = client.get(address).json()
    assert (done["status"], done["added"], done["behind"]) == ("done", 3, 3)
    assert sum(said(alice).values()) == 4
    assert [each["status"] for each in client.get(ADDRESS).json()["items"]] == ["done"]

    undoing = client.delete(address)
    assert (undoing.status_code, undoing.json()["status"]) == (202, "undoing")
    imports.work("alice", body["import_id"])
    assert client.get(address).json()["removed"] == 3
    assert [each.expense_id for each in expenses(alice)] == [mine.expense_id]
    check_totals(alice)


def test_what_the_file_leaves_open_is_asked_and_said_by_patch() -> None:
    client = api_client(a_user())
    body = send(client, "01/02/2026,Tea,3.00,Groceries\n", head="When,Who,How much,Kind\n").json()
    assert (body["status"], set(body["questions"])) == ("mapping", {"date", "amount"})
    address = f"{ADDRESS}{body['import_id']}/"
    assert client.get(f"{address}rows/").json() == {"items": [], "next": None}
    refused = client.post(f"{address}confirm/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "import_not_ready")

    layout = {"columns": {"date": 0, "merchant": 1, "amount": 2, "category": 3}, "spending": "positive"}
    body = client.patch(address, layout, format="json").json()
    assert set(body["questions"]) == {"date_order"}
    body = client.patch(
        address, {"date_order": "mdy", "categories": {"Groceries": "Food & Dining"}}, format="json"
    ).json()
    assert (body["status"], body["questions"]) == ("preview", {})
    (row,) = client.get(f"{address}rows/").json()["items"]
    assert (row["date"], row["category"], row["amount"]) == ("2026-01-02", "Food & Dining", "3.00")


def test_all_may_be_said_with_the_file() -> None:
    body = send(
        api_client(a_user()),
        "01/02/2026,Tea,3.00\n",
        head="When,Who,How much\n",
        columns=json.dumps({"date": 0, "merchant": 1, "amount": 2}),
        date_order="dmy",
        spending="positive",
        default_category="Travel",
    ).json()
    assert (body["status"], body["layout"]["default_category"]) == ("preview", "Travel")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"columns": "["}, "columns"),
        ({"columns": '["date"]'}, "columns"),
        ({"columns": '{"date": "0"}'}, "columns"),
        ({"columns": '{"date": true}'}, "columns"),
        ({"columns": "[" * 100_000}, "columns"),
        ({"columns": '{"\\ud800": 1}'}, "columns"),
        ({"columns": '{"date": 77}'}, "date"),
        ({"columns": '{"price": 0}'}, "price"),
        ({"categories": '{"a": 5}'}, "categories"),
        ({"categories": '{"a": "Gnomes"}'}, "categories"),
        ({"categories": '{"a":' * 100_000}, "categories"),
        ({"categories": '{"\\ud800": "Travel"}'}, "categories"),
        ({"date_order": "ydm"}, "date_order"),
        ({"default_category": "Gnomes"}, "default_category"),
        ({"import_id": "no-id"}, "import_id"),
        ({"import_id": "01932f0a-7c00-7abc-8def-0123456789ab"}, "import_id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(fields: dict[str, str], field: str) -> None:
    answer = send(api_client(a_user()), TEA, **fields)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff", b"Date,Amount\n", b"Date,Amount\n" + b"1,1\n" * 20_001])
def test_a_file_that_cannot_be_read_is_refused(content: bytes) -> None:
    client = api_client(a_user())
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile("x.csv", content)}, format="multipart")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"])
    assert client.get(ADDRESS).json()["items"] == []


def test_a_body_that_is_no_form_is_refused() -> None:
    client = api_client(a_user())
    assert client.post(ADDRESS, {"file": "x"}, format="json").status_code == 415
    assert list(client.post(ADDRESS, {}, format="multipart").json()["errors"]) == ["file"]


def test_a_repeated_upload_is_the_same_import() -> None:
    client = api_client(a_user())
    first = send(client, TEA, key="upload-1")
    again = send(client, TEA, key="upload-1")
    assert again.json()["import_id"] == first.json()["import_id"]
    assert again["Idempotent-Replay"] == "true"
    other = send(client, MILK, key="upload-1")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")
    import_id = new_id()
    assert send(client, TEA, import_id=import_id).json() == send(client, TEA, import_id=import_id).json()
    assert send(client, MILK, import_id=import_id).json()["code"] == "idempotency_mismatch"
    assert len(client.get(ADDRESS).json()["items"]) == 2


def test_a_repeated_confirmation_is_one() -> None:
    alice = a_user()
    client = api_client(alice)
    found = uploaded(alice, TEA)
    address = f"{ADDRESS}{found.import_id}/confirm/"
    first = client.post(address, {}, format="json", headers={"Idempotency-Key": "go"})
    imports.work("alice", found.import_id)
    again = client.post(address, {}, format="json", headers={"Idempotency-Key": "go"})
    assert (first.status_code, again.status_code, again["Idempotent-Replay"]) == (202, 202, "true")
    assert again.json()["status"] == "done"
    assert client.post(address, {}, format="json").json()["status"] == "done"
    refused = client.post(address, {"credits": "refund"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "import_confirmed")
    assert len(expenses(alice)) == 1


def test_wrong_states_have_codes() -> None:
    alice = a_user()
    client = api_client(alice)
    done = imported(alice, TEA)
    again = uploaded(alice, TEA)
    assert client.post(f"{ADDRESS}{again.import_id}/confirm/", {}, format="json").json()["code"] == "import_empty"
    assert client.patch(f"{ADDRESS}{done.import_id}/", {}, format="json").json()["code"] == "import_confirmed"
    assert client.delete(f"{ADDRESS}{again.import_id}/").status_code == 204
    assert client.get(f"{ADDRESS}{again.import_id}/").status_code == 404
    running = uploaded(alice, MILK)
    client.post(f"{ADDRESS}{running.import_id}/confirm/", {}, format="json")
    assert client.delete(f"{ADDRESS}{running.import_id}/").json()["code"] == "import_running"


def test_rows_come_in_pages_by_state() -> None:
    alice = a_user()
    client = api_client(alice)
    found = uploaded(alice, *[f"2026-11-01,Shop {n},-1\n" for n in range(5)], BROKEN)
    address = f"{ADDRESS}{found.import_id}/rows/"
    seen, cursor = [], ""
    while True:
        page = client.get(address, {"limit": "2", "state": "new", **({"cursor": cursor} if cursor else {})}).json()
        seen += [row["merchant"] for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [f"Shop {n}" for n in range(5)]
    assert client.get(address, {"state": "error"}).json()["items"][0]["number"] == 7
    assert client.get(address, {"state": "odd"}).status_code == 400
    elsewhere = client.get(address, {"limit": "2"}).json()["next"]
    assert client.get(address, {"state": "new", "cursor": elsewhere}).json()["code"] == "cursor_refused"


def test_nobody_reaches_the_import_of_another() -> None:
    alice, bob = a_user(), api_client(a_user("bob"))
    found = uploaded(alice, TEA)
    address = f"{ADDRESS}{found.import_id}/"
    answers = [
        bob.get(address),
        bob.get(f"{address}rows/"),
        bob.patch(address, {}, format="json"),
        bob.delete(address),
        bob.post(f"{address}confirm/", {}, format="json"),
        bob.get(f"{ADDRESS}no-id/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert bob.get(ADDRESS).json()["items"] == []
    assert now(found) == found
    assert send(bob, TEA, import_id=found.import_id, spending="negative").status_code == 201  # ids are each user's own


def test_a_key_that_may_only_read_changes_nothing() -> None:
    alice = a_user()
    found = uploaded(alice, TEA)
    reader = api_client(alice, "read")
    assert reader.get(f"{ADDRESS}{found.import_id}/").status_code == 200
    assert send(reader, MILK).status_code == 403
    assert reader.delete(f"{ADDRESS}{found.import_id}/").status_code == 403
