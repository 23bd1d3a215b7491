"""The sum of a list comes from the totals of whole months and the rows of cut ones: the same as adding all rows."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from budgets import selectors, services
from core.accounts.domain import User
from core.storage import measured
from tests.budgets.builders import TODAY, refunded, spent
from tests.times import NOON, at

FIRST = date(2025, 10, 10)
DAYS = (TODAY - FIRST).days + 200


def test_any_range_sums_as_its_rows_do(alice: User) -> None:
    chance = random.Random(20261120)
    with at(NOON):
        for _ in range(80):
            day = FIRST + timedelta(days=chance.randrange(DAYS))
            amount = str(Decimal(chance.randrange(1, 9999)) / 100)
            (refunded if chance.random() < 0.2 else spent)(alice, amount, chance.choice(("Travel", "Other")), day)
        gone = spent(alice, "99", "Travel")
        services.expense_delete(alice, gone.expense_id)
        for _ in range(120):
            since, until = (
                chance.choice((None, FIRST + timedelta(days=chance.randrange(-40, DAYS + 40)))) for _ in range(2)
            )
            wanted = selectors.ExpenseFilter(since, until, chance.choice((None, "Travel")))
            expected = selectors.sum_of(selectors.expenses_every("alice", wanted))
            with measured() as usage:
                found = selectors.expenses_sum("alice", wanted)
            assert found == expected
            assert usage.requests <= 3


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 11, 2), date(2026, 11, 30)),
        (date(2026, 11, 1), date(2026, 11, 29)),
        (date(2026, 10, 31), date(2026, 12, 1)),
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(1, 1, 1), date(9999, 12, 31)),
        (date(2026, 11, 21), date(2026, 11, 20)),
        (date(9998, 12, 31), date(9999, 12, 31)),
    ],
)
@pytest.mark.usefixtures("noon")
def test_ends_of_months_and_of_time(alice: User, since: date, until: date) -> None:
    for day in (date(2026, 10, 31), date(2026, 11, 1), TODAY, date(2026, 11, 30), date(2026, 12, 1)):
        spent(alice, "10", day=day)
    wanted = selectors.ExpenseFilter(since, until)
    expected = selectors.sum_of(selectors.expenses_every("alice", wanted))
    assert selectors.expenses_sum("alice", wanted) == expected
