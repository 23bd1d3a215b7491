"""Lists of expenses: by day, by category, by text, page by page."""

from datetime import date, timedelta

import pytest

from budgets import selectors, services
from budgets.domain.expense import Expense
from budgets.domain.expense_filter import ExpenseFilter
from core.accounts.domain import User
from core.errors import NotFound
from core.ids import new_id
from core.storage import Store, measured
from tests import stores
from tests.budgets.builders import TODAY, a_draft, spent

pytestmark = pytest.mark.usefixtures("noon")

FILTERS: list[tuple[dict[str, object], list[int]]] = [
    ({}, [6, 5, 4, 3, 2, 1, 0]),
    ({"oldest_first": True}, [0, 1, 2, 3, 4, 5, 6]),
    ({"since": TODAY - timedelta(days=2)}, [6, 5, 4]),
    ({"until": TODAY - timedelta(days=2)}, [4, 3, 2, 1, 0]),
    ({"since": TODAY - timedelta(days=4), "until": TODAY - timedelta(days=2)}, [4, 3, 2]),
    ({"since": TODAY, "until": TODAY - timedelta(days=1)}, []),
    ({"since": TODAY, "until": TODAY - timedelta(days=5), "category": "Housing"}, []),
    ({"until": date.max}, [6, 5, 4, 3, 2, 1, 0]),
    ({"category": "Travel"}, [5, 3, 1]),
    ({"category": "Travel", "since": TODAY - timedelta(days=3), "until": TODAY}, [5, 3]),
    ({"category": "Nothing"}, []),
    ({"text": "CAFÉ"}, [5, 2, 1]),
    ({"text": "zürich travel"}, [5, 1]),
    ({"text": "work"}, [5]),
    ({"text": "day 3"}, [3]),
    ({"text": "  "}, [6, 5, 4, 3, 2, 1, 0]),
    ({"text": "café", "category": "Housing", "oldest_first": True}, [2]),
]
"""What is asked for, and which days of the week below are found."""


@pytest.fixture
def week(alice: User) -> list[Expense]:
    """Seven days with an expense each, oldest first; every other one on travel."""
    return [
        spent(
            alice,
            str(number + 1),
            "Travel" if number % 2 else "Housing",
            TODAY - timedelta(days=6 - number),
            description=f"Day {number}",
            merchant="Café Zürich" if number in (1, 2, 5) else "",
            tags=("work",) if number == 5 else (),
        )
        for number in range(7)
    ]


def pages_of(limit: int, **filters: object) -> list[list[Expense]]:
    """Every page of a list."""
    pages, cursor = [], None
    while True:
        page = selectors.expenses_newest("alice", limit, cursor, ExpenseFilter(**filters))  # type: ignore[arg-type]
        pages.append(list(page.items))
        cursor = page.cursor
        if cursor is None:
            return pages


@pytest.mark.every_backend
def test_newest_day_first_and_of_a_day_what_was_recorded_last(alice: User, week: list[Expense]) -> None:
    late = spent(alice, "9", "Other", TODAY)
    assert list(selectors.expenses_newest("alice", 3).items) == [late, week[6], week[5]]
    assert list(selectors.expenses_newest("alice", 2, wanted=ExpenseFilter(oldest_first=True)).items) == week[:2]


@pytest.mark.every_backend
def test_filters(week: list[Expense]) -> None:
    for filters, numbers in FILTERS:
        wanted = [week[number] for number in numbers]
        assert [expense for page in pages_of(3, **filters) for expense in page] == wanted, filters
        assert list(selectors.expenses_every("alice", ExpenseFilter(**filters))) == wanted, filters  # type: ignore[arg-type]


@pytest.mark.every_backend
def test_pages_of_a_search_go_on_where_they_ended(week: list[Expense]) -> None:
    assert pages_of(2, text="café") == [[week[5], week[2]], [week[1]]]
    assert pages_of(1, text="café", category="Travel") == [[week[5]], [week[1]]]


@pytest.mark.usefixtures("week")
def test_an_edited_expense_is_found_where_it_is_now(alice: User, week: list[Expense]) -> None:
    moved = services.expense_change(alice, week[0].expense_id, a_draft("1", "Travel", TODAY + timedelta(days=1)))
    assert next(iter(selectors.expenses_newest("alice", 1).items)) == moved
    assert moved in selectors.expenses_newest("alice", 9, wanted=ExpenseFilter(category="Travel")).items
    assert moved not in selectors.expenses_newest("alice", 9, wanted=ExpenseFilter(category="Housing")).items


def test_a_search_reads_at_most_five_pages_then_hands_back_a_cursor(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.reading.FILTERED_ROWS", 4)
    wanted = spent(alice, "1", day=TODAY - timedelta(days=1), description="needle")
    for _ in range(25):
        spent(alice)
    with measured() as usage:
        first = selectors.expenses_newest("alice", 10, wanted=ExpenseFilter(text="needle"))
    assert (usage.requests, first.items) == (5, ())
    assert first.cursor is not None
    second = selectors.expenses_newest("alice", 10, first.cursor, ExpenseFilter(text="needle"))
    assert (second.items, second.cursor) == ((wanted,), None)


@pytest.mark.every_backend
def test_whose_expenses_are_whose(bob: User, week: list[Expense]) -> None:
    own = spent(bob, "1", "Travel")
    assert selectors.expenses_newest("bob", 10).items == (own,)
    assert selectors.expenses_newest("bob", 10, wanted=ExpenseFilter(category="Travel")).items == (own,)
    assert list(selectors.expenses_every("bob", ExpenseFilter(text="day"))) == []
    assert selectors.expenses_by_id("bob", [week[0].expense_id, own.expense_id]) == [None, own]
    for expense_id in (week[0].expense_id, new_id(), "7", "x" * 5000, ""):
        with pytest.raises(NotFound):
            selectors.expense_get("bob", expense_id)


@pytest.mark.every_backend(stores.LAGGING)
def test_one_expense_is_there_at_once_and_its_list_follows(store: Store, alice: User) -> None:
    expense = spent(alice)
    assert selectors.expense_get("alice", expense.expense_id) == expense
    store.catch_up()
    assert selectors.expenses_newest("alice", 9).items == (expense,)
