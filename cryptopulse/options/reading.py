"""Reading options from the environment and `.env`, each value checked as it is read."""

import difflib
import os
import re
import secrets
from collections.abc import Callable
from decimal import Decimal
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from cryptopulse.options.declared import Option

SHORTEST_SECRET = 32
_IN_A_HEADER = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""A bearer token as RFC 6750 (section 2.1) has it."""
_FOREIGN = re.compile(r"AWS_|PYTHON|DJANGO_SETTINGS_MODULE$|FORWARDED_ALLOW_IPS$|TZ$")


class Options:
    """The options as the environment and the file `.env` give them; the environment wins.

    Each reader raises ImproperlyConfigured with a sentence that says which option is wrong, why, and what to write.
    django-environ reads `.env` and the address of the mail server. Its readers of other values would let wrong ones
    pass: they read an unknown word as false, and a secret that begins with `$` as the name of another option.
    """

    def __init__(self, options: tuple[Option, ...], env_file: Path) -> None:
        self._options = {option.name: option for option in options}
        self._env = environ.Env()
        if env_file.exists():
            self._refuse_unknown_names(env_file)
            environ.Env.read_env(env_file)

    def text(self, name: str) -> str:
        """The value as text, without surrounding space."""
        return os.environ.get(name, self._options[name].default).strip()

    def host(self, name: str) -> str:
        """A host name or address."""
        text = self.text(name)
        if not text or " " in text:
            raise self._wrong(name, f"write an address such as {self._options[name].default}")
        return text

    def words(self, name: str) -> list[str]:
        """The value as a list, split at commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def some_words(self, name: str) -> list[str]:
        """A list of at least one word."""
        if words := self.words(name):
            return words
        raise self._wrong(name, f"name at least one, for example {self._options[name].default}")

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self.text(name).lower()
        if value in ("true", "1", "yes", "on"):
            return True
        if value in ("false", "0", "no", "off", ""):
            return False
        raise self._wrong(name, "write true or false")

    def decimal(self, name: str) -> Decimal:
        """A finite number, not below the option's least value."""
        number: Decimal = self._number(name, Decimal, "a number")
        return number

    def number(self, name: str, *, most: int | None = None) -> int:
        """A whole number, not below the option's least value nor above `most`."""
        number: int = self._number(name, int, "a whole number")
        if most is not None and number > most:
            raise self._wrong(name, f"the most is {most}")
        return number

    def choice(self, name: str, *choices: str) -> str:
        """One of the choices; upper and lower case count as the same."""
        for choice in choices:
            if self.text(name).casefold() == choice.casefold():
                return choice
        raise self._wrong(name, f"write one of {', '.join(choices)}")

    def address(self, name: str, *schemes: str) -> str:
        """An address with one of the schemes and a host, or empty text."""
        text = self.text(name)
        if text:
            parts = self._split(name, f"{schemes[0]}://HOST")
            if parts.scheme not in schemes or not parts.hostname:
                raise self._wrong(name, f"write an address such as {schemes[0]}://HOST")
        return text

    def addresses(self, name: str, *schemes: str) -> list[str]:
        """A list of origins, each a scheme and a host."""
        for word in self.words(name):
            if urlsplit(word).scheme not in schemes or not urlsplit(word).netloc:
                raise self._wrong(name, f"{word!r} lacks its scheme; write for example {schemes[0]}://{word}")
        return self.words(name)

    def sender(self, name: str) -> str:
        """A mail address, with or without a name before it."""
        if "@" not in parseaddr(self.text(name))[1]:
            raise self._wrong(name, f"write an address such as {self._options[name].default}")
        return self.text(name)

    def mail(self, name: str) -> dict[str, Any]:
        """Django's EMAIL_ settings from the address of a mail server."""
        try:
            return dict(self._env.email_url(name, default=self._options[name].default))
        except (KeyError, ValueError, ImproperlyConfigured) as error:
            raise self._wrong(
                name, "write consolemail://, filemail:///FOLDER or smtp+tls://USER:PASSWORD@HOST:587", secret=True
            ) from error

    def secret(self, name: str, path: Path) -> str:
        """The secret, or the one kept at `path`, made there on the first start."""
        if secret := self.text(name):
            if len(secret) < SHORTEST_SECRET:
                raise self._wrong(name, f"it needs {SHORTEST_SECRET} characters or more", secret=True)
            return secret
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_once(path, secrets.token_urlsafe(50))
            return path.read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name} is not set and {path} cannot be used: {error.strerror}.") from error

    def token(self, name: str, *, shortest: int = SHORTEST_SECRET) -> str:
        """A secret that programs send in a header, or empty text."""
        token = self.text(name)
        if token and (len(token) < shortest or not _IN_A_HEADER.fullmatch(token)):
            length = f"{shortest} characters or more, " if shortest > 1 else ""
            raise self._wrong(name, f"it needs {length}only letters, digits and -._~+/=", secret=True)
        return token

    def _number(self, name: str, kind: Callable[[str], Any], wanted: str) -> Any:
        least = self._options[name].least
        try:
            value = kind(self.text(name))
        except (ValueError, ArithmeticError) as error:
            raise self._wrong(name, f"write {wanted}") from error
        if not Decimal(value).is_finite():
            raise self._wrong(name, f"write {wanted}")
        if least is not None and value < least:
            raise self._wrong(name, f"the least is {least}")
        return value

    def _split(self, name: str, example: str) -> SplitResult:
        try:
            parts = urlsplit(self.text(name))
            _ = parts.port
        except ValueError as error:
            raise self._wrong(name, f"write an address such as {example}") from error
        return parts

    def _wrong(self, name: str, what_to_do: str, *, secret: bool = False) -> ImproperlyConfigured:
        shown = "not usable" if secret else repr(self.text(name))
        return ImproperlyConfigured(f"{name} is {shown}: {what_to_do}.")

    def _refuse_unknown_names(self, env_file: Path) -> None:
        for line in env_file.read_text().splitlines():
            name = line.removeprefix("export ").partition("=")[0].strip()
            if name.startswith("#") or not name or name in self._options or _FOREIGN.match(name):
                continue
            near = difflib.get_close_matches(name, self._options, n=1)
            hint = f"did you mean {near[0]}?" if near else "see docs/settings.md."
            raise ImproperlyConfigured(f"{env_file.name} sets {name}, which is not an option: {hint}")


def _write_once(path: Path, text: str) -> None:
    """Write the file as a whole, readable by its owner alone, unless another process was first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
