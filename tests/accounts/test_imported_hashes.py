"""Hashes that accounts bring along sign in, and are replaced by one of our own."""

from dataclasses import replace
from threading import Barrier, Thread

import bcrypt
import pytest
from django.contrib.auth.hashers import identify_hasher
from werkzeug.security import generate_password_hash

from core.accounts import passwords
from core.accounts.domain import User
from core.accounts.errors import SignInFailed
from core.accounts.repositories import reservations, users
from core.accounts.reservations import Reservation
from core.accounts.selectors import user_get
from core.accounts.services import user_sign_in
from core.storage import store
from cryptopulse.settings import PASSWORD_HASHERS

SECRET = "correct horse battery staple"
HERE = "203.0.113.7"
IMPORTED = {
    "werkzeug pbkdf2": generate_password_hash(SECRET, method="pbkdf2:sha256:1000"),
    "werkzeug scrypt": generate_password_hash(SECRET, method="scrypt:1024:8:1"),
    "bcrypt 2b": bcrypt.hashpw(SECRET.encode(), bcrypt.gensalt(4)).decode(),
    "bcrypt 2a": bcrypt.hashpw(SECRET.encode(), bcrypt.gensalt(4, b"2a")).decode(),
    "bcrypt 2y": bcrypt.hashpw(SECRET.encode(), bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$", 1),
}


def _imported(password_hash: str) -> User:
    user = User("alice", "alice@example.com", password_hash=password_hash)
    taken = reservations.reservation_put(Reservation(user.email, user.username), None)
    store().transact_write([users.new_user_put(user), taken])
    return user


@pytest.mark.parametrize("imported", IMPORTED.values(), ids=IMPORTED)
def test_it_signs_in_and_is_replaced(imported: str) -> None:
    _imported(imported)
    signed_in = user_sign_in("alice", SECRET, address=HERE)
    stored = user_get("alice")
    assert signed_in.credential_version == stored.credential_version
    assert identify_hasher(stored.password_hash).algorithm == "md5"  # the preferred hasher of the tests
    assert user_sign_in("alice", SECRET, address=HERE).username == "alice"


@pytest.mark.parametrize("imported", IMPORTED.values(), ids=IMPORTED)
def test_a_wrong_password_is_refused_and_replaces_nothing(imported: str) -> None:
    _imported(imported)
    with pytest.raises(SignInFailed):
        user_sign_in("alice", "wrong horse battery staple", address=HERE)
    assert user_get("alice").password_hash == imported


@pytest.mark.parametrize(
    "broken",
    [
        "pbkdf2:md5:1000$salt$abc",
        "pbkdf2:sha256:many$salt$abc",
        "pbkdf2:sha256:1000$salt",
        "scrypt:7:8:1$salt$abc",
        "scrypt:1024$salt$abc",
        "$2b$04$tooshort",
        "plaintext",
        "",
    ],
)
def test_a_broken_hash_signs_nobody_in(broken: str) -> None:
    _imported(broken)
    with pytest.raises(SignInFailed):
        user_sign_in("alice", SECRET, address=HERE)


def test_bcrypt_reads_72_bytes_of_a_longer_password() -> None:
    long = "x" * 100
    user = User("alice", "a@example.com", password_hash=bcrypt.hashpw(long[:72].encode(), bcrypt.gensalt(4)).decode())
    assert passwords.matches(long, user)


def test_two_first_sign_ins_at_once_both_work() -> None:
    _imported(IMPORTED["werkzeug pbkdf2"])
    start = Barrier(2)
    names = []

    def sign_in(address: str) -> None:
        start.wait()
        names.append(user_sign_in("alice", SECRET, address=address).username)

    threads = [Thread(target=sign_in, args=(f"203.0.113.{number}",)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == ["alice", "alice"]


def test_the_hash_of_the_site_is_argon2() -> None:
    assert PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    user = replace(User("alice", "a@example.com"), password_hash="")
    assert not passwords.matches("", user)
