"""Fixtures of the tests of the carbon diary."""

import pytest
from django.test import Client

from core.accounts.domain import User
from tests.builders import change_user


@pytest.fixture
def alice(alice: User) -> User:
    """She is in the United Kingdom."""
    return change_user(alice.username, {"country": "GB"})


@pytest.fixture
def client(browser: Client) -> Client:
    """A browser in which alice is signed in."""
    return browser
