"""Fixtures of the tests of the console: an administrator."""

import pytest
from django.test import Client

from core.accounts.domain import User
from core.storage import Store
from tests.builders import signed_in
from tests.console.builders import a_staff_member


@pytest.fixture
def ada(store: Store) -> User:
    """An administrator."""
    return a_staff_member("admin", "ada")


@pytest.fixture
def browser(ada: User) -> Client:
    """A browser in which the administrator is signed in."""
    return signed_in(ada)
