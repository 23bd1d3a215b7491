"""Approving, rejecting, suspending, readmitting, and roles: the rules, the audit log, and races."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command

from core import audit
from core.accounts.domain import Status, User
from core.accounts.selectors import user_get
from core.accounts.services import account_close, role_grant, status_set, user_administer, user_sign_in
from core.errors import CryptoPulseError, InvalidInput, NotFound, NotPermitted, Refused
from core.storage import measured
from tests.builders import PASSWORD, a_user, api_client, change_user, signed_in
from tests.console.builders import a_staff_member

WHY = "Asked for by letter"


def _of(username: str, status: Status) -> User:
    user = a_user(username)
    return change_user(user.username, {"status": status})


@pytest.mark.every_backend
def test_a_role_is_given_with_an_entry_in_two_requests(ada: User) -> None:
    a_user("bob")
    with measured() as usage:
        assert role_grant("bob", "moderator", by=ada, reason=WHY).role == "moderator"
    assert usage.requests == 2
    assert user_get("bob").role == "moderator"
    (entry,) = audit.entries_of("user#bob", 5).items
    assert (entry.actor, entry.action, entry.reason) == ("ada", "user.role", WHY)
    assert entry.changes == [("role", "user", "moderator")]


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("pending", "active"),
        ("pending", "rejected"),
        ("active", "suspended"),
        ("suspended", "active"),
        ("rejected", "active"),
    ],
)
def test_a_status_moves(ada: User, now: Status, wanted: Status) -> None:
    _of("bob", now)
    status_set("bob", wanted, by=ada, reason=WHY)
    assert user_get("bob").status == wanted
    (entry,) = audit.entries_of("user#bob", 5).items
    assert (entry.action, entry.changes) == ("user.status", [("status", now, wanted)])


@pytest.mark.parametrize(
    ("now", "wanted"),
    [("pending", "suspended"), ("active", "rejected"), ("active", "pending"), ("rejected", "suspended")],
)
def test_other_moves_are_refused_and_leave_no_entry(ada: User, now: Status, wanted: Status) -> None:
    _of("bob", now)
    with pytest.raises(Refused) as refusal:
        status_set("bob", wanted, by=ada, reason=WHY)
    assert refusal.value.code == "status_move"
    assert user_get("bob").status == now
    assert audit.entries_newest(5).items == ()


def test_role_and_status_change_together_with_an_entry_each(ada: User) -> None:
    _of("bob", "pending")
    user_administer("bob", role="analyst", status="active", by=ada, reason=WHY)
    bob = user_get("bob")
    assert (bob.role, bob.status) == ("analyst", "active")
    assert {entry.action for entry in audit.entries_newest(5).items} == {"user.role", "user.status"}


def test_what_is_so_already_is_left_alone(ada: User) -> None:
    a_user("bob")
    user_administer("bob", role="user", status="active", by=ada, reason=WHY)
    assert audit.entries_newest(5).items == ()


@pytest.mark.parametrize("reason", ["", "   ", "ok"])
def test_a_reason_is_required(ada: User, reason: str) -> None:
    a_user("bob")
    with pytest.raises(InvalidInput) as refusal:
        role_grant("bob", "admin", by=ada, reason=reason)
    assert "reason" in refusal.value.errors
    assert user_get("bob").role == "user"


@pytest.mark.parametrize("change", [{"role": "user"}, {"status": "suspended"}, {"role": "admin"}])
def test_nobody_changes_themselves(ada: User, change: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        user_administer("ada", **change, by=ada, reason=WHY)
    assert refusal.value.code == "own_account"
    assert (user_get("ada").role, user_get("ada").status) == ("admin", "active")


@pytest.mark.parametrize("values", [{"role": "king"}, {"status": "closing"}])
def test_unknown_values_are_refused(ada: User, values: dict[str, str]) -> None:
    a_user("bob")
    with pytest.raises(InvalidInput) as refusal:
        user_administer("bob", **values, by=ada, reason=WHY)
    assert set(refusal.value.errors) == set(values)


def test_who_is_not_there_or_is_closing_is_not_found(ada: User) -> None:
    account_close(a_user("bob"))
    for name in ("bob", "nobody"):
        with pytest.raises(NotFound):
            role_grant(name, "analyst", by=ada, reason=WHY)


def test_an_administrator_who_was_demoted_meanwhile_changes_nothing(ada: User) -> None:
    a_user("bob")
    role_grant("ada", "user")
    with pytest.raises(NotPermitted):
        role_grant("bob", "admin", by=ada, reason=WHY)
    assert user_get("bob").role == "user"
    assert audit.entries_of("user#bob", 5).items == ()


@pytest.mark.every_backend
def test_two_administrators_at_once_leave_one(ada: User) -> None:
    eve = a_staff_member("admin", "eve")

    def demote(pair: tuple[User, str]) -> bool:
        try:
            role_grant(pair[1], "user", by=pair[0], reason=WHY)
        except CryptoPulseError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(demote, [(ada, "eve"), (eve, "ada")]))
    assert sorted(done) == [False, True]
    assert sorted(user_get(name).role for name in ("ada", "eve")) == ["admin", "user"]
    assert len(audit.entries_newest(5).items) == 1


def test_suspending_ends_sessions_for_good_and_stops_keys(ada: User) -> None:
    bob = a_user("bob")
    browser, program = signed_in(bob), api_client(bob)
    status_set("bob", "suspended", by=ada, reason=WHY)
    assert browser.get("/settings/").status_code == 302
    refused = program.get("/api/v1/auth/me/")
    assert (refused.status_code, refused.json()["code"]) == (403, "account_suspended")

    idle = signed_in(bob)  # a session of before, which nobody used meanwhile
    status_set("bob", "active", by=ada, reason=WHY)
    assert idle.get("/settings/").status_code == 302
    assert program.get("/api/v1/auth/me/").status_code == 200
    assert user_sign_in("bob", PASSWORD, address="192.0.2.1").username == "bob"


def test_the_command_line_is_an_actor_too() -> None:
    a_user("bob")
    call_command("grantrole", "bob", "admin", stdout=StringIO())
    call_command("setstatus", "bob", "rejected", "--reason", "Never answered", stdout=StringIO())
    status, role = audit.entries_of("user#bob", 5).items
    assert (role.actor, role.action, role.reason) == ("command line", "user.role", "From the command line.")
    assert (status.actor, status.action, status.reason) == ("command line", "user.status", "Never answered")
