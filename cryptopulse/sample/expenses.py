"""The sample's budgets, and its expenses of six months."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from io import StringIO

from budgets import services as budgets
from budgets.domain.importing.record import Choices
from budgets.selectors import BudgetDraft, ExpenseDraft, Month, today_of
from budgets.services import imports
from core import ids
from core.accounts.domain import User

BUDGETS = {
    "Housing": "980.00",
    "Food & Dining": "450.00",
    "Transportation": "120.00",
    "Shopping": "140.00",
    "Entertainment": "80.00",
    "Utilities": "150.00",
}
"""Set first, so that the expenses of this month exceed Shopping and come close to Transportation."""
BY_HAND = 3
"""How many of the newest are entered one by one."""
FILE_NAME = "bank-statement.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: `months_back` months ago, on this day of the month, or today if that is still to come."""

    months_back: int
    day: int
    category: str
    amount: Decimal
    merchant: str
    description: str
    refund: bool

    def draft(self, today: date) -> ExpenseDraft:
        """The expense as a person would enter it."""
        month = Month.of(today)
        for _ in range(self.months_back):
            month = month.previous
        day = min(self.day, month.last_day.day)
        return ExpenseDraft(
            amount=self.amount,
            category=self.category,
            day=min(month.first_day.replace(day=day), today),
            description=self.description,
            merchant=self.merchant,
            refund=self.refund,
        )


def fill_expenses(user: User) -> None:
    """Budgets, an import of all but the last expenses, and those one by one, so that they cause notifications."""
    today = today_of(user)
    for category, amount in BUDGETS.items():
        budgets.budget_set(user, BudgetDraft(category, Decimal(amount), (50, 80, 100)))
    drafts = [row.draft(today) for row in rows()]
    _import(drafts[:-BY_HAND], user)
    for draft in drafts[-BY_HAND:]:
        budgets.expense_record(user, expense_id=ids.new_id(), draft=draft)


@cache
def rows() -> Sequence[Row]:
    """The lines of the file, oldest first."""
    text = files("cryptopulse.sample").joinpath("expenses.csv").read_text(encoding="utf-8")
    return [
        Row(
            months_back=int(line["months_back"]),
            day=int(line["day"]),
            category=line["category"],
            amount=Decimal(line["amount"]),
            merchant=line["merchant"],
            description=line["description"],
            refund=line["refund"] == "yes",
        )
        for line in csv.DictReader(text.splitlines())
    ]


def _import(drafts: Sequence[ExpenseDraft], user: User) -> None:
    """Import them from a file as a bank would make it: spending with a minus, money that came back without."""
    import_id = ids.new_id()
    imports.import_upload(user, import_id=import_id, file_name=FILE_NAME, content=_statement(drafts))
    imports.import_confirm(user, import_id, Choices(credits="refund"))
    imports.work(user.username, import_id)


def _statement(drafts: Sequence[ExpenseDraft]) -> bytes:
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(("Date", "Merchant", "Description", "Category", "Amount"))
    for draft in drafts:
        amount = draft.amount if draft.refund else -draft.amount
        lines.writerow((draft.day.isoformat(), draft.merchant, draft.description, draft.category, amount))
    return text.getvalue().encode()
