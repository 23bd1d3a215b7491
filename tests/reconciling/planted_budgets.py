"""Wrong rows of expenses, totals and budgets."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from core import clock
from core.private_files import private_files
from core.storage import Store
from tests.reconciling.books import copy, rows, spoil
from tests.reconciling.planting import Plant, Planted, changed, changed_by, lost

PETS = {"category": "Pets"}
DEFINITIONS = {"entry": "BUDGETS"}
CAT = {"name": "cat.png"}
"""The receipt of an expense, of which it has had another before."""
MONTHS = {"entry": "PERIOD#*"}
"""The totals of the month before this, and of this month."""


def in_total(category: str, **values: Any) -> Plant:
    """Set figures of a category in the totals of this month."""

    def plant(opened: Store) -> None:
        row = rows(opened, "Budgets", **MONTHS)[-1]
        spoil("Budgets", row, categories={**row["categories"], category: {**row["categories"][category], **values}})

    return plant


def in_budget(**values: Any) -> Plant:
    """Set what the budget of pets says."""

    def plant(opened: Store) -> None:
        [row] = rows(opened, "Budgets", **DEFINITIONS)
        spoil("Budgets", row, budgets={"Pets": {**row["budgets"]["Pets"], **values}})

    return plant


def of_a_month_to_come(opened: Store) -> None:
    """Let something be judged that has not begun."""
    row = rows(opened, "Budgets", **MONTHS)[-1]
    told = {"spent": Decimal(0), "count": Decimal(0), "judged_by": Decimal(5)}
    month = clock.now() + timedelta(days=60)
    copy("Budgets", row, entry=f"PERIOD#{month:%Y-%m}", categories={"Pets": told})


def without_file(opened: Store) -> None:
    """Take away the file of the receipt that an expense names."""
    [row] = rows(opened, "Receipts", **CAT)
    private_files().delete(row["key"])


PLANTED: list[Planted] = [
    ("a total of a category", "totals_are_sums_of_expenses", "spent on Pets is 10.51, its expenses add up to 9.75",
     in_total("Pets", spent=Decimal("10.51"))),
    ("a count of a category", "totals_are_sums_of_expenses", "count of Pets is 3, its expenses add up to 4",
     in_total("Pets", count=Decimal(3))),
    ("an expense lost", "totals_are_sums_of_expenses", "count of Pets is 4, its expenses add up to 3",
     lost("Expenses", has=PETS)),
    ("an expense that was changed alone", "totals_are_sums_of_expenses", "spent on Pets is 9.75",
     changed_by("Expenses", has=PETS, amount="0.01")),
    ("an expense that was moved alone", "totals_are_sums_of_expenses", "count of Pets is 4",
     changed("Expenses", has=PETS, date="2001-01-01")),
    ("a month lost", "totals_are_sums_of_expenses", "count of Travel is 0, its expenses add up to 1",
     lost("Budgets", 0, has=MONTHS)),
    ("a threshold that is no percentage", "notified_is_of_months_that_began", "Pets: notified of [0, 5000] percent",
     in_total("Pets", told=[Decimal(0), Decimal(5000)])),
    ("a threshold told twice", "notified_is_of_months_that_began", "not rising",
     in_total("Pets", told=[Decimal(50), Decimal(50)])),
    ("something told that nothing judged", "notified_is_of_months_that_began", "Travel: notified, and judged by no",
     changed("Budgets", 1, has=MONTHS, categories={"Travel": {"spent": 0, "count": 0, "told_exceeded": True}})),
    ("a month judged before it began", "notified_is_of_months_that_began", "before the month has begun",
     of_a_month_to_come),
    ("an expense of nothing", "expenses_are_sums_of_money", "amount is 0",
     changed("Expenses", has=PETS, amount=Decimal(0))),
    ("a fraction of a cent", "expenses_are_sums_of_money", "amount is 1.001",
     changed_by("Expenses", has={"amount": Decimal(1)}, amount="0.001")),
    ("an expense of before the time", "expenses_are_sums_of_money", "date is 1900-01-01",
     changed("Expenses", has=PETS, date="1900-01-01", date_id="1900-01-01#x")),
    ("an expense in another currency", "expenses_are_sums_of_money", "is in eur, the user's home currency is usd",
     changed("Expenses", has=PETS, currency="eur")),
    ("an expense in the index of another day", "expenses_are_sums_of_money", "date_id is 2001-01-01#x, not",
     changed("Expenses", has=PETS, date_id="2001-01-01#x")),
    ("an expense in the index of another user", "expenses_are_sums_of_money", "user_category is bob#Pets, not alice#",
     changed("Expenses", has=PETS, user_category="bob#Pets")),
    ("a budget below nothing", "budgets_are_of_known_categories", "Pets: amount is -1", in_budget(amount=Decimal(-1))),
    ("thresholds in disorder", "budgets_are_of_known_categories", "alert_threshold is [80, 50]",
     in_budget(alert_threshold=[Decimal(80), Decimal(50)])),
    ("a budget of no category", "budgets_are_of_known_categories", "a budget of Pets, which is not a category",
     changed("Budgets", has=DEFINITIONS, own_categories=["Cats"])),
    ("two categories of one name", "budgets_are_of_known_categories", "two categories of one name",
     changed("Budgets", has=DEFINITIONS, own_categories=["Pets", "travel"])),
    ("alerts that go nowhere", "budgets_are_of_known_categories", "channels are ['pigeon']",
     changed("Budgets", has=DEFINITIONS, channels=["pigeon"])),
    ("a receipt that nobody wrote down", "receipts_are_there", "of which there is no row", lost("Receipts", has=CAT)),
    ("a receipt of another expense", "receipts_are_there", "of which its row says otherwise",
     changed("Receipts", has=CAT, expense_id="another")),
    ("a receipt of another size", "receipts_are_there", "of which its row says otherwise",
     changed_by("Receipts", has=CAT, size="1")),
    ("a receipt without its file", "receipts_are_there", "of which there is no file", without_file),
]  # fmt: skip
