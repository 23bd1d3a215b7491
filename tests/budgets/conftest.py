"""Fixtures of the tests of expenses and budgets."""

from collections.abc import Iterator

import pytest

from core.accounts.domain import User
from core.storage import Store
from tests.budgets.builders import NOON, at
from tests.builders import there


@pytest.fixture
def noon() -> Iterator[None]:
    """It is noon on a day in the middle of a month."""
    with at(NOON):
        yield


@pytest.fixture
def alice(store: Store) -> User:
    """A user who pays in euros, with a row among the users."""
    return there(User("alice", "alice@example.com", home_currency="eur"))


@pytest.fixture
def bob(store: Store) -> User:
    """Another user."""
    return there(User("bob", "bob@example.com"))
