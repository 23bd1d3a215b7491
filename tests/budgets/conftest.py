"""Fixtures of the tests of expenses and budgets."""

import pytest
from django.test import Client

from core.accounts.domain import User
from tests.builders import change_user


@pytest.fixture
def alice(alice: User) -> User:
    """She pays in euros."""
    return change_user(alice.username, {"home_currency": "eur"})


@pytest.fixture
def client(browser: Client) -> Client:
    """A browser in which alice is signed in."""
    return browser
