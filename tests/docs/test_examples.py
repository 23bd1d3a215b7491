"""Examples in the README work as they stand there."""

from __future__ import annotations

import json
import re

from tests.builders import a_user, api_client
from tests.docs.pages import ROOT
from tests.market.builders import an_asset

README = (ROOT / "README.md").read_text()


def test_the_order_of_the_readme_is_placed_once() -> None:
    match = re.search(r"""-H "Idempotency-Key: ([\w-]+)" \\\n\s+-d '(.+)' \\\n\s+http://localhost:8000(\S+)""", README)
    assert match is not None
    key, body, path = match.groups()
    an_asset("bitcoin", price="80000")
    client = api_client(a_user("alice"))

    first = client.post(path, json.loads(body), format="json", headers={"Idempotency-Key": key})
    again = client.post(path, json.loads(body), format="json", headers={"Idempotency-Key": key})

    assert (first.status_code, first.json()["status"]) == (201, "filled")
    assert again.json() == first.json()
    assert again["Idempotent-Replay"] == "true"


def test_the_portfolio_of_the_readme_is_shown() -> None:
    match = re.search(r'Bearer \$KEY" http://localhost:8000(\S+)', README)
    assert match is not None
    answer = api_client(a_user("alice")).get(match.group(1))
    assert answer.status_code == 200
    assert answer.json()["cash"]["available"] == "10000.00"


def test_the_expense_and_the_carbon_entry_of_the_readme_are_taken() -> None:
    found = re.findall(r"""-d '(.+)' \\\n\s+http://localhost:8000(\S+)""", README)
    calls = {path: json.loads(body) for body, path in found}
    client = api_client(a_user("alice"))
    expense = client.post("/api/v1/expenses/", calls["/api/v1/expenses/"], format="json")
    entry = client.post("/api/v1/carbon/entries/", calls["/api/v1/carbon/entries/"], format="json")
    assert (expense.status_code, expense.json()["amount"]) == (201, "18.40")
    assert (entry.status_code, entry.json()["kg_co2e"]) == (201, "16.152")
