"""Everything that is kept about a user, as JSON."""

from __future__ import annotations

import json
from decimal import Decimal

from django.test import Client

from core import wiring
from core.accounts.export import document
from core.storage import measured, store
from tests.builders import PASSWORD, a_user, api_client, signed_in


def test_the_file_holds_the_rows_and_no_secret() -> None:
    alice = a_user(full_name="Alice Ädams")
    a_user("bob")
    program = api_client(alice)
    response = signed_in(alice).get("/settings/export/")
    assert response["Content-Disposition"] == 'attachment; filename="cryptopulse-alice.json"'
    exported = json.loads(response.content)
    assert exported["username"] == "alice"
    assert exported["tables"]["Users"][0]["full_name"] == "Alice Ädams"
    assert {row["username"] for rows in exported["tables"].values() for row in rows} == {"alice"}
    assert exported["tables"]["ApiKeys"][0]["name"] == "Tests"
    text = response.content.decode()
    for secret in ("password_hash", "key_hash", "session_key", alice.password_hash, PASSWORD, "bob"):
        assert secret not in text
    assert program.get("/api/v1/auth/me/export/").json()["tables"].keys() == exported["tables"].keys()


def test_every_table_of_users_is_in_it() -> None:
    alice = a_user("carol")
    kept = [table for table in wiring.tables() if table.partition.name == "username"]
    for table in kept:
        if table.name != "Users":
            sort = {table.sort.name: "row"} if table.sort else {}
            store().put(
                table, {"username": "carol", **sort, "amount": Decimal("0.10"), "names": {"b", "a"}, "packed": b"\xff"}
            )
    exported = document(alice)
    assert {table.name for table in kept} <= exported["tables"].keys()
    assert json.loads(json.dumps(exported)) == exported
    rows = [row for name, rows in exported["tables"].items() if name != "Users" for row in rows if "names" in row]
    assert {(row["amount"], tuple(row["names"]), row["packed"]) for row in rows} == {("0.1", ("a", "b"), "/w==")}


def test_it_is_one_request_for_each_table() -> None:
    alice = a_user()
    tables = [
        table
        for table in wiring.tables()
        if "username" in (table.partition.name, *(index.partition.name for index in table.indexes))
    ]
    with measured() as usage:
        document(alice)
    assert usage.requests == len(tables)


def test_it_requires_sign_in(client: Client) -> None:
    assert client.get("/settings/export/").status_code == 302
