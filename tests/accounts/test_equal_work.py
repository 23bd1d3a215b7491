"""An unknown name takes as much hashing as a wrong password: the time of an answer gives nothing away."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from pytest_django import Settings

from core.accounts.errors import SignInFailed
from core.accounts.services import user_sign_in
from tests.builders import PASSWORD, a_user


class CountingHasher(MD5PasswordHasher):
    """A cheap hasher that counts how often it hashes."""

    algorithm = "counting"
    count = 0

    def encode(self, password: str, salt: str) -> str:
        """Counts, then hashes."""
        CountingHasher.count += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _counting(settings: Settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_equal_work.CountingHasher"]
    yield
    CountingHasher.count = 0


def _hashes(identifier: str) -> int:
    before = CountingHasher.count
    with pytest.raises(SignInFailed):
        user_sign_in(identifier, "not-her-passphrase", address="203.0.113.7")
    return CountingHasher.count - before


def test_unknown_and_wrong_hash_once_each() -> None:
    a_user()
    assert _hashes("alice") == _hashes("zacharias") == 1
    assert _hashes("alice@example.com") == _hashes("zacharias@example.com") == 1


def test_a_right_password_hashes_once() -> None:
    a_user()
    before = CountingHasher.count
    user_sign_in("alice", PASSWORD, address="203.0.113.7")
    assert CountingHasher.count - before == 1
