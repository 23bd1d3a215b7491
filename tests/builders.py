"""People and their clients for tests: `alice = a_user()`, `signed_in(alice).get("/portfolio/")`."""

import re
from datetime import timedelta
from importlib import import_module
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from core import clock
from core.accounts.domain import Account, KeyScope, User
from core.accounts.events import ADDRESS_NAMED
from core.accounts.repositories.users import user_change, user_from_item, user_item
from core.accounts.services import api_key_create, profile_change, user_sign_up
from core.accounts.sessions import CREDENTIAL_VERSION, USERNAME
from core.accounts.tables import RESERVATIONS, USERS
from core.events import shard_of
from core.storage import KeyCondition, Query, store
from core.tables import OUTBOX

PASSWORD = "a-long-enough-passphrase"


def a_user(
    username: str = "alice", account: Account = "practice", *, email: str = "", password: str = PASSWORD, **profile: Any
) -> User:
    """A signed-up user whose address is proved, as of an earlier release; `profile` as for `profile_change`."""
    user = proved(a_newcomer(username, account, email=email, password=password))
    return profile_change(user, **profile) if profile else user


def a_newcomer(
    username: str = "alice", account: Account = "practice", *, email: str = "", password: str = PASSWORD
) -> User:
    """A user who has just signed up: the address waits to be proved, and the event that asks for it to be handled."""
    return user_sign_up(username, email or f"{username}@example.com", password, account=account)


def proved(user: User) -> User:
    """The user with an address that was always proved: no event and no mail is left of the sign-up."""
    if user.email_confirmed:
        return user
    for item in store().query(Query(OUTBOX, KeyCondition("shard").eq(shard_of(user.username)))).items:
        if (item["name"], item["username"]) == (ADDRESS_NAMED, user.username):
            store().delete(OUTBOX, {"shard": item["shard"], "event_id": item["event_id"]})
    store().put(RESERVATIONS, {"name": f"email#{user.email}", "username": user.username})
    return change_user(user.username, {"email_unconfirmed_since": None})


def change_user(username: str, values: dict[str, Any]) -> User:
    """The account with these fields as they are given, whoever may set them."""
    return user_from_item(store().write(user_change(username, values)))


def there(user: User) -> User:
    """The user, with a row among the users and nothing else."""
    store().put(USERS, user_item(user))
    return user


def signed_in(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    """A browser that is signed in as the user, without passing the sign-in page."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[USERNAME] = user.username
    session[CREDENTIAL_VERSION] = user.credential_version
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def an_api_key(user: User, scope: KeyScope = "write") -> str:
    """The secret of a new key that is good for a day."""
    _, secret = api_key_create(user, name="Tests", scope=scope, expires_at=clock.now() + timedelta(days=1))
    return secret


def api_client(user: User, scope: KeyScope = "write") -> APIClient:
    """A program that calls the API with a key of the user."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {an_api_key(user, scope)}")
    return client


def next_cursor_of(response: Any) -> str:
    """The cursor in the link that leads on from a page with a list; empty on the last."""
    found = re.search(r'[?;]cursor=([^"&]+)" rel="next"', response.content.decode())
    return unquote(found[1]) if found else ""
