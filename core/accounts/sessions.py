"""The session engine (`settings.SESSION_ENGINE`): sessions live in the store and only signed-in users have one.

A request costs one read when a cookie came with it, and a write only when the session changed. A session that was
ended stays ended: saving it raises UpdateError instead of bringing it back.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, SessionBase, UpdateError
from django.utils.crypto import get_random_string

from core import clock
from core.accounts.domain import User
from core.accounts.repositories import sessions
from core.accounts.repositories.sessions import Session
from core.accounts.selectors import find_user
from core.reading import one
from core.storage import ConditionFailed, store

USERNAME = "username"
CREDENTIAL_VERSION = "credential_version"


def user_of(session: SessionBase) -> User | None:
    """Whose session it is; None for a visitor's, and for one that is no longer valid. 2 requests at most."""
    username = session.get(USERNAME)
    user = None if username is None else find_user(username)
    if user is None or not user.is_active or user.credential_version != session.get(CREDENTIAL_VERSION):
        return None
    return user


class SessionStore(SessionBase):
    """One session of Django's framework, kept as a row of the Sessions table."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where there is none or it has expired, and then its key is forgotten."""
        stored = _stored(self.session_key) if self.session_key else None
        if stored is None or stored.expires_at <= clock.now():
            self._session_key = None
            return {}
        return self.decode(stored.data)

    def exists(self, session_key: str) -> bool:
        """Whether a session of this key is there."""
        return _stored(session_key) is not None

    def create(self) -> None:
        """Write what the session holds under a new key."""
        while True:
            self._session_key = get_random_string(32, VALID_KEY_CHARS)
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session. Raises UpdateError when it has been ended meanwhile, CreateError when its key is taken."""
        if self.session_key is None:
            self.create()
            return
        data: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        expires_at = clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        session = Session(self.encode(data), expires_at, data.get(USERNAME))
        try:
            write = sessions.session_put if must_create else sessions.session_change
            store().write(write(self.session_key, session))
        except ConditionFailed as error:
            raise (CreateError if must_create else UpdateError) from error

    def delete(self, session_key: str | None = None) -> None:
        """End a session, this one by default."""
        if key := session_key or self.session_key:
            store().write(sessions.session_delete(key))

    @classmethod
    def clear_expired(cls) -> None:
        """Nothing to do: the table's TTL removes expired rows."""

    def cycle_key(self) -> None:
        """Continue under a new key; the old one is void at once. The new row is written when the request ends."""
        data = self._get_session()  # type: ignore[attr-defined]
        self.delete()
        self._session_key = None
        self._session_cache = data
        self.modified = True


def _stored(session_key: str) -> Session | None:
    """The session of a key, expired or not; consistent, so that one ended elsewhere is over here."""
    return one(sessions.session_address(session_key), sessions.session_from_item)
