"""Reading the pages of budgets as a person does."""

import html
import re
from typing import Any

from django.test import Client

from budgets import selectors
from core.accounts.domain import User
from core.ids import new_id
from tests.budgets.builders import SPENT_ON

ACCOUNT_TABLES = ("Users", "Sessions", "ApiKeys")
EXPENSE: dict[str, str] = {
    "amount": "12.50",
    "category": SPENT_ON,
    "date": "2026-11-20",
    "merchant": "Tasca",
    "description": "lunch",
    "tags": "work, team",
}


def text_of(page: str) -> str:
    """The page as a reader takes it in: tags away, spaces as one, hidden scripts' parts left."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def shown(client: Client, path: str, status: int = 200, **query: str) -> str:
    """The text of a page."""
    response = client.get(path, query)
    assert response.status_code == status
    return text_of(response.content.decode())


def hidden_fields(page: str) -> dict[str, str]:
    """Names and values of the hidden fields of the forms of a page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name not in ("csrfmiddlewaretoken", "next")}


def an_expense_form(**changed: str) -> dict[str, str]:
    """What a filled-in form sends."""
    return {"id": new_id(), **EXPENSE, **changed}


def add(client: Client, **changed: str) -> Any:
    """Send the form of a new expense."""
    return client.post("/budgets/expenses/add/", an_expense_form(**changed))


def undo_of(response: Any, client: Client) -> str:
    """The address of the button that undoes what was done before a redirect."""
    page = client.get(response["Location"]).content.decode()
    found = re.search(r'<form method="post" action="([^"]+)">(?:(?!</form>).)*Undo</button>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def expenses_of(user: User) -> list[selectors.Expense]:
    """All expenses of a user, newest first."""
    return list(selectors.expenses_every(user.username))
