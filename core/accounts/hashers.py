"""Password hashes that accounts bring along from other systems, verified as they are.

They are replaced by our own hash at the first sign-in and never made here. Formats: Werkzeug's
`method:parameters$salt$hex` (werkzeug.security) and the modular crypt format of bcrypt.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import bcrypt
from django.contrib.auth.hashers import BasePasswordHasher
from django.utils.crypto import constant_time_compare, pbkdf2

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BCRYPT_BYTES = 72
"""bcrypt reads no more of a password; older libraries cut silently, newer ones refuse."""


class _ImportedHasher(BasePasswordHasher):
    """A hasher that verifies; `algorithm$` precedes the foreign hash."""

    def must_update(self, encoded: str) -> bool:
        """An imported hash is always replaced."""
        return True

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to even out: these are never the preferred hasher."""

    def safe_summary(self, encoded: str) -> dict[str | _StrPromise, Any]:
        """What may be shown of a hash: that it is an imported one."""
        return {"algorithm": self.algorithm}

    def decode(self, encoded: str) -> dict[str, Any]:
        """The foreign hash in its parts: method with parameters, salt, digest."""
        _, method, salt, digest = encoded.split("$", 3)
        return {"algorithm": self.algorithm, "method": method, "salt": salt, "digest": digest}

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password belongs to the hash; False for one that makes no sense."""
        try:
            parts = self.decode(encoded)
            return constant_time_compare(self._digest(password, parts["method"], parts["salt"]), parts["digest"])
        except ValueError:
            return False

    def _digest(self, password: str, method: str, salt: str) -> str:
        """The digest in hex. Raises ValueError for a method of another hasher."""
        raise NotImplementedError


class WerkzeugPBKDF2Hasher(_ImportedHasher):
    """`pbkdf2:sha256:600000$salt$hex`."""

    algorithm = "werkzeug_pbkdf2"

    def _digest(self, password: str, method: str, salt: str) -> str:
        name, hash_name, iterations = method.split(":")
        if name != "pbkdf2" or hash_name not in ("sha1", "sha256", "sha512"):
            raise ValueError(f"not a method of this hasher: {method}")
        return pbkdf2(password, salt, int(iterations), digest=getattr(hashlib, hash_name)).hex()


class WerkzeugScryptHasher(_ImportedHasher):
    """`scrypt:32768:8:1$salt$hex`."""

    algorithm = "werkzeug_scrypt"

    def _digest(self, password: str, method: str, salt: str) -> str:
        name, *numbers = method.split(":")
        if name != "scrypt":
            raise ValueError(f"not a method of this hasher: {method}")
        n, r, p = (int(number) for number in numbers)
        return hashlib.scrypt(password.encode(), salt=salt.encode(), n=n, r=r, p=p, maxmem=132 * n * r * p).hex()


class PlainBcryptHasher(_ImportedHasher):
    """`$2b$12$` and 53 characters, as bcrypt itself writes it (also `2a` and `2y`)."""

    algorithm = "plain_bcrypt"

    def decode(self, encoded: str) -> dict[str, Any]:
        """The algorithm and the hash as bcrypt wrote it."""
        return {"algorithm": self.algorithm, "digest": encoded.split("$", 1)[1]}

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password belongs to the hash; False for one that makes no sense."""
        try:
            return bcrypt.checkpw(password.encode()[:BCRYPT_BYTES], self.decode(encoded)["digest"].encode())
        except ValueError:
            return False


_PREFIXES = {
    "pbkdf2:": WerkzeugPBKDF2Hasher.algorithm,
    "scrypt:": WerkzeugScryptHasher.algorithm,
    "$2a$": PlainBcryptHasher.algorithm,
    "$2b$": PlainBcryptHasher.algorithm,
    "$2y$": PlainBcryptHasher.algorithm,
}


def with_algorithm(stored: str) -> str:
    """A stored hash as Django's hashers expect it: imported ones are stored verbatim and are named here."""
    for prefix, algorithm in _PREFIXES.items():
        if stored.startswith(prefix):
            return f"{algorithm}${stored}"
    return stored
