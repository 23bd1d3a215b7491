"""`manage.py grantrole` and `setstatus`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.accounts.selectors import user_get
from tests.builders import a_user


@pytest.mark.parametrize("role", ["admin", "analyst", "moderator", "user"])
def test_a_role_is_granted(role: str) -> None:
    a_user()
    out = StringIO()
    call_command("grantrole", "Alice", role, stdout=out)
    assert user_get("alice").role == role
    assert out.getvalue() == f"alice is now {role}.\n"


def test_a_status_is_set() -> None:
    a_user()
    out = StringIO()
    call_command("setstatus", "alice", "suspended", stdout=out)
    assert user_get("alice").status == "suspended"
    assert out.getvalue() == "alice is now suspended.\n"


@pytest.mark.parametrize(("command", "value"), [("grantrole", "admin"), ("setstatus", "active")])
def test_an_unknown_name_is_refused(command: str, value: str) -> None:
    with pytest.raises(CommandError, match="zacharias: That user was not found"):
        call_command(command, "zacharias", value)


@pytest.mark.parametrize(("command", "value"), [("grantrole", "king"), ("setstatus", "closing")])
def test_an_unknown_value_is_refused(command: str, value: str) -> None:
    a_user()
    with pytest.raises(CommandError, match="invalid choice"):
        call_command(command, "alice", value)
    assert (user_get("alice").role, user_get("alice").status) == ("user", "active")
