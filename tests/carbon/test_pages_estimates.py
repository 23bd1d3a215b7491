"""Estimates of expenses on pages: measured in their place, shown beside what was typed, and never deleted alone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from budgets.domain.expense import ExpenseDraft
from budgets.services import expense_record
from carbon import selectors, services
from carbon.presentation import figures
from core.accounts.domain import User
from tests.carbon.builders import a_draft, an_estimate, check_adds_up, entries_of, estimated
from tests.carbon.pages import a_form, an_id, shown, the_entry, words

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FOUND, OVERTAKEN, INVALID, NOT_ALLOWED = 302, 409, 422, 405

pytestmark = pytest.mark.usefixtures("noon")


def test_what_was_measured_elsewhere_while_the_form_was_open_is_shown_beside_what_was_typed(
    alice: User, client: Client
) -> None:
    expense = expense_record(
        alice, expense_id=an_id("fuel"), draft=ExpenseDraft(Decimal(30), "Transportation", NOON.date())
    )
    estimated("alice", an_estimate(expense.expense_id, expense.day))
    address = f"/carbon/entries/{expense.expense_id}/measure/"
    measured_here = a_form(amount="50")
    services.expense_measure(alice, expense.expense_id, a_draft(amount="7"))
    late = client.post(address, measured_here)
    assert late.status_code == OVERTAKEN
    assert the_entry(alice).amount == 7
    again = {**measured_here, "version": late.context["form"]["version"].value()}
    assert client.post(address, again).status_code == FOUND
    assert the_entry(alice).amount == 50


def test_an_estimate_is_measured_and_counts_once(alice: User, client: Client) -> None:
    expense_id = an_id("expense")
    estimated("alice", an_estimate(expense_id, date(2026, 11, 19), "40"))
    page = shown(client, f"entries/{expense_id}/")
    assert "estimate" in page
    assert client.get(f"/carbon/entries/{expense_id}/edit/")["Location"] == f"/carbon/entries/{expense_id}/measure/"
    html = client.get(f"/carbon/entries/{expense_id}/measure/").content.decode()
    assert html.index("Transport</h3>") < html.index("Energy</h3>")
    sent = {**a_form("petrol", amount="30", unit="litre", timestamp="2026-11-19T12:00"), "id": an_id("one")}
    response = client.post(f"/carbon/entries/{expense_id}/measure/", sent, follow=True)
    page = words(response)
    assert page.index("62.25 kg") < page.index("40.00 kg")
    entry = the_entry(alice)
    assert (entry.entry_id, entry.is_estimate, entry.kg) == (expense_id, False, Decimal("62.25"))
    check_adds_up(alice)
    assert client.get(f"/carbon/entries/{expense_id}/measure/")["Location"] == f"/carbon/entries/{expense_id}/"


def test_an_estimate_is_not_deleted_by_itself(alice: User, client: Client) -> None:
    expense_id = an_id("expense")
    estimated("alice", an_estimate(expense_id, date(2026, 11, 19)))
    response = client.post(f"/carbon/entries/{expense_id}/delete/", follow=True)
    assert "expense" in words(response).split("Make it exact")[0]
    assert len(entries_of(alice)) == 1
    assert selectors.entries_deleted("alice") == []


def an_expense(alice: User, category: str, **more: Any) -> str:
    """The id of an expense of 12 euros of yesterday."""
    expense_id = an_id("an expense")
    draft = ExpenseDraft(Decimal(12), category, date(2026, 11, 19), **more)
    expense_record(alice, expense_id=expense_id, draft=draft)
    return expense_id


@pytest.mark.parametrize(
    ("category", "more", "why"),
    [
        ("Other", {}, figures.NO_CATEGORY),
        ("Shopping", {"refund": True}, figures.REFUND),
        ("Shopping", {}, figures.SOON),
    ],
)
def test_an_expense_without_an_estimate_says_why_and_can_be_measured(
    alice: User, client: Client, category: str, more: dict[str, Any], why: str
) -> None:
    expense_id = an_expense(alice, category, **more)
    response = client.get(f"/carbon/expenses/{expense_id}/", follow=True)
    assert response.redirect_chain[-1][0] == f"/carbon/entries/{expense_id}/measure/"
    assert why in words(response)
    sent = {**a_form("petrol", amount="30", unit="litre", timestamp="2026-11-19T12:00"), "id": an_id("one")}
    measured_page = client.post(f"/carbon/entries/{expense_id}/measure/", sent, follow=True)
    assert "62.25 kg CO₂e" in words(measured_page)
    entry = the_entry(alice)
    assert (entry.entry_id, entry.expense_id, entry.is_estimate) == (expense_id, expense_id, False)
    assert client.get(f"/carbon/expenses/{expense_id}/")["Location"] == f"/carbon/entries/{expense_id}/"


def test_an_expense_leads_to_its_estimate(alice: User, client: Client) -> None:
    expense_id = an_expense(alice, "Shopping")
    assert f'href="/carbon/expenses/{expense_id}/"' in client.get(f"/budgets/expenses/{expense_id}/").content.decode()
    estimated("alice", an_estimate(expense_id, date(2026, 11, 19)))
    assert client.get(f"/carbon/expenses/{expense_id}/")["Location"] == f"/carbon/entries/{expense_id}/"
    page = client.get(f"/carbon/entries/{expense_id}/").content.decode()
    assert f'href="/budgets/expenses/{expense_id}/"' in page
