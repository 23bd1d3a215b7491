"""Expenses and budgets in the export of an account, and when it is closed."""

from decimal import Decimal

import pytest

from budgets import services
from budgets.tables import BUDGETS, EXPENSES
from core import outbox
from core.accounts.domain import User
from core.accounts.services import account_close
from core.storage import Store
from tests.accounts.exports import exported_of
from tests.budgets.builders import SPENT_ON, budgeted, refunded, spent
from tests.builders import a_user

pytestmark = pytest.mark.usefixtures("noon")


def a_household(username: str) -> User:
    """Somebody with a budget, expenses of two months, and one deleted."""
    user = a_user(username)
    services.category_add(user, "Pets")
    budgeted(user, "100")
    spent(user, "12.50", merchant="Tasca", tags=("work",))
    refunded(user, "2.25")
    services.expense_delete(user, spent(user, "1", "Pets").expense_id)
    return user


def test_the_export_holds_them_as_exact_text() -> None:
    alice = a_household("alice")
    a_household("bob")
    tables = exported_of(alice).rows
    assert tables["Users"][0]["home_currency"] == "usd"
    assert [(row["amount"], row["category"], row["date"]) for row in tables["Expenses"]] == [
        ("12.5", SPENT_ON, "2026-11-20"),
        ("-2.25", SPENT_ON, "2026-11-20"),
    ]
    definitions, month = tables["Budgets"]
    assert definitions["budgets"][SPENT_ON]["alert_threshold"] == ["50", "80", "100"]
    assert (definitions["own_categories"], month["categories"][SPENT_ON]["spent"]) == (["Pets"], "10.25")
    assert [row["row"]["category"] for row in tables["Trash"]] == ["Pets"]
    assert {row["username"] for name in ("Expenses", "Budgets", "Trash") for row in tables[name]} == {"alice"}


@pytest.mark.every_backend
def test_closing_the_account_takes_them_all_away(store: Store) -> None:
    alice, bob = a_household("alice"), a_household("bob")
    account_close(alice)
    outbox.sweep()
    left = [*store.dump(EXPENSES), *store.dump(BUDGETS)]
    assert {row["username"] for row in left} == {bob.username}
    assert sum((row["amount"] for row in store.dump(EXPENSES)), Decimal(0)) == Decimal("10.25")
