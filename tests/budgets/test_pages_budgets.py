"""Setting, changing and removing budgets and categories, and where alerts go; each with its undo."""

from decimal import Decimal

import pytest
from django.test import Client

from budgets import selectors, services
from budgets.domain.categories import CATEGORIES
from core.accounts.domain import User
from core.storage import measured
from tests.budgets.builders import SPENT_ON, budgeted, spent
from tests.budgets.pages import ACCOUNT_TABLES, shown, undo_of
from tests.builders import signed_in, there

pytestmark = pytest.mark.usefixtures("noon")

BUDGET = {"category": SPENT_ON, "amount": "550", "thresholds": "50, 80 %, 100"}


def budget_of(user: User, category: str = SPENT_ON) -> tuple[Decimal, tuple[int, ...]] | None:
    found = selectors.definitions_of(user.username).budgets.get(category)
    return None if found is None else (found.amount, found.thresholds)


def test_a_budget_is_set_in_three_requests_and_undone(alice: User, client: Client) -> None:
    with measured() as usage:
        response = client.post("/budgets/budget/", BUDGET)
    assert usage.without(*ACCOUNT_TABLES).requests == 3
    assert (response.status_code, response["Location"]) == (302, "/budgets/")
    assert budget_of(alice) == (Decimal("550.00"), (50, 80, 100))
    assert client.post(undo_of(response, client)).status_code == 302
    assert budget_of(alice) is None


def test_a_budget_is_changed_and_the_undo_brings_the_old_one_back(alice: User, client: Client) -> None:
    budgeted(alice, "100.50", thresholds=(25, 90))
    form = client.get("/budgets/budget/", {"category": SPENT_ON}).content.decode()
    assert 'value="100.50"' in form
    assert 'value="25, 90"' in form
    response = client.post("/budgets/budget/", BUDGET)
    assert budget_of(alice) == (Decimal("550.00"), (50, 80, 100))
    client.post(undo_of(response, client))
    assert budget_of(alice) == (Decimal("100.50"), (25, 90))


def test_a_budget_is_removed_and_the_undo_sets_it_again(alice: User, client: Client) -> None:
    budgeted(alice, "100.50", thresholds=(25, 90))
    spent(alice, "30")
    with measured() as usage:
        response = client.post("/budgets/budget/remove/", {"category": SPENT_ON})
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert budget_of(alice) is None
    undo = undo_of(response, client)
    page = shown(client, "/budgets/")
    assert "Without a budget 30.00" in page
    client.post(undo)
    assert budget_of(alice) == (Decimal("100.50"), (25, 90))
    assert "70.50 left" in shown(client, "/budgets/")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?category=Nothing&amount=1&thresholds=50",
        "?category=Travel&amount=x",
        "?category=Travel&amount=-1&thresholds=1",
    ],
)
def test_an_undo_that_makes_no_sense_says_so_and_changes_nothing(alice: User, client: Client, query: str) -> None:
    budgeted(alice)
    response = client.post(f"/budgets/budget/undo/{query}")
    assert "can no longer be undone" in shown(client, response["Location"])
    assert selectors.definitions_of("alice").budgets.keys() == {SPENT_ON}


def test_the_form_of_one_without_a_budget_opens_on_its_category(client: Client) -> None:
    page = client.get("/budgets/budget/", {"category": "Travel"}).content.decode()
    assert '<option value="Travel" selected>' in page
    assert "Remove the budget" not in page


def test_a_category_is_added_offered_removed_and_back(alice: User, client: Client) -> None:
    with measured() as usage:
        response = client.post("/budgets/categories/", {"name": "  Pets   & garden "})
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert response["Location"] == "/budgets/categories/"
    assert selectors.categories_of("alice") == (*CATEGORIES, "Pets & garden")
    with measured() as usage:
        assert "1 of 50" in shown(client, "/budgets/categories/")
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    response = client.post("/budgets/categories/remove/", {"name": "Pets & garden"})
    undo = undo_of(response, client)
    assert selectors.categories_of("alice") == CATEGORIES
    client.post(undo)
    assert selectors.categories_of("alice") == (*CATEGORIES, "Pets & garden")


def test_a_category_with_a_budget_stays_and_the_page_says_why(alice: User, client: Client) -> None:
    services.category_add(alice, "Pets")
    budgeted(alice, "10", "Pets")
    response = client.post("/budgets/categories/remove/", {"name": "Pets"}, follow=True)
    (message,) = response.context["messages"]
    assert (message.level_tag, "Pets" in message.message) == ("error", True)
    assert "Pets" in selectors.categories_of("alice")


def test_mail_can_be_switched_off_and_on(alice: User, client: Client) -> None:
    assert 'name="email" id="id_email" checked' in client.get("/budgets/alerts/").content.decode()
    for sent, channels in (({}, ("in_app",)), ({"email": "on"}, ("in_app", "email"))):
        with measured() as usage:
            assert client.post("/budgets/alerts/", sent).status_code == 302
        assert usage.without(*ACCOUNT_TABLES).requests == 2
        assert selectors.definitions_of("alice").channels == channels


def test_a_sample_sees_that_it_gets_no_mail() -> None:
    carol = there(User("carol", "carol@sample.invalid", account="sample"))
    assert 'id="id_email_hint"' in signed_in(carol).get("/budgets/alerts/").content.decode()
