"""Everything that is kept about a user, as lines of JSON."""

import json
from decimal import Decimal
from typing import Any

from django.test import Client

from core import wiring
from core.accounts.export import lines
from core.storage import measured, store
from tests.accounts.exports import ROWS_BETWEEN, exported_of, read, with_rows
from tests.budgets.importing.builders import uploaded
from tests.builders import PASSWORD, a_user, api_client, signed_in

PAGE, ADDRESS = "/settings/export/", "/api/v1/auth/me/export/"


def sent(response: Any) -> bytes:
    """The whole file."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    return b"".join(response)


def test_the_file_holds_the_rows_and_no_secret() -> None:
    alice = a_user(full_name="Alice Ädams\u2028\nII")
    a_user("bob")
    program = api_client(alice, "read")
    response = signed_in(alice).get(PAGE)
    assert response["Content-Disposition"] == 'attachment; filename="cryptopulse-alice.jsonl"'
    assert "no-store" in response["Cache-Control"]
    text = sent(response)
    exported = read(text)
    assert exported.header is not None
    assert (exported.header["username"], exported.header["format"]) == ("alice", "cryptopulse-export")
    assert exported.rows["Users"][0]["full_name"] == alice.full_name
    assert {row["username"] for rows in exported.rows.values() for row in rows} == {"alice"}
    assert exported.rows["ApiKeys"][0]["name"] == "Tests"
    for secret in ("password_hash", "key_hash", "session_key", alice.password_hash, PASSWORD, "bob"):
        assert secret not in text.decode()
    assert read(sent(program.get(ADDRESS))).rows.keys() == exported.rows.keys()


def test_it_ends_with_totals_and_a_digest_of_the_lines() -> None:
    alice = a_user()
    exported = exported_of(alice)
    assert exported.end is not None
    assert exported.end["sha256"] == exported.sha256
    assert exported.end["rows"] == sum(exported.end["totals"].values())
    assert {name: count for name, count in exported.end["totals"].items() if count} == {
        name: len(rows) for name, rows in exported.rows.items()
    }


def test_every_table_of_users_is_in_it() -> None:
    alice = a_user("carol")
    kept = [table for table in wiring.tables() if table.partition.name == "username"]
    for table in kept:
        if table.name != "Users":
            sort = {table.sort.name: "row"} if table.sort else {}
            store().put(
                table, {"username": "carol", **sort, "amount": Decimal("0.10"), "names": ["a", "b"], "packed": b"\xff"}
            )
    exported = exported_of(alice)
    assert exported.end is not None
    assert {table.name for table in kept} <= exported.rows.keys()
    assert exported.rows.keys() <= exported.end["totals"].keys()
    rows = [row for name, rows in exported.rows.items() if name != "Users" for row in rows if "names" in row]
    assert {(row["amount"], tuple(row["names"]), row["packed"]) for row in rows} == {("0.1", ("a", "b"), "/w==")}


def test_rows_of_imported_files_can_be_read() -> None:
    alice = a_user()
    uploaded(alice, "2026-11-20,Corner Grocery,-18.40\n2026-11-21,Straße,abc\n")
    parts = [row for row in exported_of(alice).rows["Imports"] if "rows" in row]
    (file,) = [part["rows"] for part in parts if part["entry"].startswith("ROWS#")]
    (plan,) = [part["rows"] for part in parts if part["entry"].startswith("PLAN#")]
    assert [row["cells"] for row in file] == [
        ["2026-11-20", "Corner Grocery", "-18.40"],
        ["2026-11-21", "Straße", "abc"],
    ]
    assert [row["row"] for row in file] == [row["row"] for row in plan]
    assert (plan[0]["date"], plan[0]["amount"], plan[0]["state"]) == ("2026-11-20", "18.40", "new")
    assert (plan[1]["state"], plan[1]["problems"][0][0]) == ("error", "amount")
    assert not [part for part in parts if "packed" in part]


def test_it_is_one_request_for_each_table_and_each_further_page() -> None:
    alice = a_user()
    tables = [
        table
        for table in wiring.tables()
        if "username" in (table.partition.name, *(index.partition.name for index in table.indexes))
    ]
    with measured() as usage:
        list(lines(alice))
    assert usage.requests == len(tables)
    with_rows(alice, 2 * ROWS_BETWEEN + 1)
    with measured() as usage:
        list(lines(alice))
    assert usage.requests == len(tables) + 2


def test_a_page_is_read_only_when_it_is_wanted() -> None:
    alice = a_user()
    with_rows(alice, 4 * ROWS_BETWEEN)
    with measured() as usage:
        response = signed_in(alice).get(PAGE)
        pieces = iter(response)
        next(pieces)
    assert usage.by_table["Idempotency"].requests == 1
    assert len(b"".join(pieces).splitlines()) > 3 * ROWS_BETWEEN


def test_it_requires_sign_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    refused = client.get(ADDRESS)
    assert (refused.status_code, json.loads(refused.content)["code"]) == (401, "not_signed_in")


def test_the_settings_offer_it_as_a_link_that_needs_no_script() -> None:
    page = signed_in(a_user()).get("/settings/data/").content.decode()
    assert f'href="{PAGE}" download' in page
