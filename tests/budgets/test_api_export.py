"""The export: exactly the filtered list, safe in a spreadsheet, the same when read again, and sent in pieces."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from budgets import services
from core.accounts.domain import User
from core.downloads import GUARD
from core.ids import new_id
from core.storage import measured
from tests.budgets.builders import SPENT_ON, a_draft, record_batch, refunded, spent
from tests.budgets.pages import ACCOUNT_TABLES
from tests.builders import api_client, signed_in

pytestmark = pytest.mark.usefixtures("noon")

PATH = "/api/v1/expenses/export/"
FILTERS: list[dict[str, str]] = [
    {},
    {"category": "Travel"},
    {"from": "2026-11-02", "to": "2026-11-03"},
    {"q": "day"},
    {"category": "Travel", "from": "2026-11-03", "q": "DAY"},
    {"sort": "date"},
    {"sort": "-date", "category": "Travel"},
    {"sort": "date", "q": "day"},
    {"q": "nothing like it"},
]
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'", "'=1", 'say "hi"', "a,b;c", "line\nbreak", "ünïcödé €"]


@pytest.fixture
def client(noon: None, alice: User) -> APIClient:
    return api_client(alice)


def sent(response: Any) -> str:
    """The whole file."""
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response).decode()


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV as whoever exported them meant them."""
    return [
        {name: cell.removeprefix(GUARD) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def listed(client: APIClient, query: dict[str, str]) -> list[dict[str, Any]]:
    """All pages of the list."""
    found, cursor = [], None
    while True:
        page = client.get("/api/v1/expenses/", {**query, "limit": "2", **({"cursor": cursor} if cursor else {})}).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


@pytest.fixture
def expenses(noon: None, alice: User) -> None:
    for number in range(5):
        spent(alice, f"{number + 1}.10", "Travel", date(2026, 11, 1 + number), description=f"day {number + 1}")
    spent(alice, "2", description="lunch every day", merchant="Tasca", tags=("work", "team"))
    refunded(alice, "0.50", "Travel")


@pytest.mark.usefixtures("expenses")
@pytest.mark.parametrize("query", FILTERS)
def test_the_export_is_exactly_the_filtered_list(client: APIClient, query: dict[str, str]) -> None:
    expected = listed(client, query)
    assert json.loads(sent(client.get(PATH, {**query, "format": "json"}))) == {"items": expected, "next": None}
    rows = rows_of(sent(client.get(PATH, {**query, "format": "csv"})))
    names = ("date", "amount", "currency", "category", "description", "merchant", "expense_id")
    assert [{name: row[name] for name in names} for row in rows] == [
        {name: each[name] for name in names} for each in expected
    ]
    assert [row["tags"] for row in rows] == [", ".join(each["tags"]) for each in expected]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_and_every_text_comes_back(alice: User, client: APIClient, text: str) -> None:
    plain = " ".join(text.split())
    services.category_add(alice, f"{plain} x")
    spent(alice, "10", f"{plain} x", description=text, merchant=plain, tags=(plain.replace(",", ""), "b"))
    body = sent(client.get(PATH))
    (cells,) = list(csv.DictReader(io.StringIO(body, newline="")))
    assert not [cell for cell in cells.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    (row,) = rows_of(body)
    assert (row["description"], row["merchant"], row["category"]) == (text.strip(), plain, f"{plain} x")


def test_amounts_stay_numbers(alice: User, client: APIClient) -> None:
    refunded(alice, "7.50")
    spent(alice, "1234.5")
    assert [row["amount"] for row in csv.DictReader(io.StringIO(sent(client.get(PATH))))] == ["1234.50", "-7.50"]


def test_it_is_a_file_that_nobody_else_keeps(alice: User, client: APIClient) -> None:
    for kind, content_type in (("csv", "text/csv"), ("json", "application/json")):
        response = client.get(PATH, {"format": kind})
        assert response["Content-Type"] == f"{content_type}; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="expenses.{kind}"'
        assert "private" in response["Cache-Control"]
        sent(response)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "text/csv", "*/*"])
def test_what_kind_it_is_the_address_says_alone(client: APIClient, accept: str) -> None:
    assert sent(client.get(PATH, {"format": "json"}, headers={"Accept": accept})).startswith('{"items": [')
    problem = client.get(PATH, {"colour": "red"}, headers={"Accept": accept})
    assert problem["Content-Type"] == "application/problem+json"


def test_it_reads_pages_of_the_store_while_it_is_sent(alice: User, client: APIClient) -> None:
    tags = tuple(f"{number:02}{'z' * 48}" for number in range(20))
    draft = a_draft("1", description="x" * 500, merchant="y" * 200, tags=tags)
    for import_id in (new_id() for _ in range(6)):
        record_batch(alice, [(new_id(), draft, import_id) for _ in range(90)])
    with measured() as usage:
        response = client.get(PATH)
    begun = usage.without(*ACCOUNT_TABLES).requests
    with measured() as usage:
        text = sent(response)
    assert len(rows_of(text)) == 540
    assert begun + usage.without(*ACCOUNT_TABLES).requests <= 2
    assert begun == 1


def test_a_browser_that_is_signed_in_gets_it_too(alice: User) -> None:
    spent(alice, "10", SPENT_ON)
    assert SPENT_ON in sent(signed_in(alice).get(PATH))
