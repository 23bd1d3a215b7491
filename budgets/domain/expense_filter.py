"""Which expenses of a user a list, a file or a sum takes."""

from dataclasses import dataclass
from datetime import date

from budgets.domain.expense import Expense


@dataclass(frozen=True, slots=True)
class ExpenseFilter:
    """Which expenses, and in which order; by default all, newest day first.

    since, until: days, both included. text: words, each of which is in description, merchant, category or tags,
    whatever the capitals.
    """

    since: date | None = None
    until: date | None = None
    category: str | None = None
    text: str = ""
    oldest_first: bool = False

    def has_words(self, expense: Expense) -> bool:
        """Whether the expense has each word of the text; without a text, every expense has."""
        words = self.text.casefold().split()
        parts = (expense.description, expense.merchant, expense.category, *expense.tags)
        shown = "\n".join(parts).casefold() if words else ""
        return all(word in shown for word in words)


ALL = ExpenseFilter()
