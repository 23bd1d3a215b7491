"""Staff for tests."""

from typing import Any

from core.accounts.domain import Role, User
from core.accounts.selectors import user_get
from tests.builders import a_user, change_user


def a_staff_member(role: Role, username: str = "", **profile: Any) -> User:
    """A signed-up user of this role, made so without an entry in the audit log."""
    user = a_user(username or f"the_{role}", **profile)
    change_user(user.username, {"role": role})
    return user_get(user.username)
