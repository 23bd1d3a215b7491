"""The audit log as a page."""

import pytest
from django.test import Client

from core import clock
from core.accounts.services import role_grant, status_set
from core.audit import FIRST_MONTH, month_of
from tests.builders import a_user, signed_in
from tests.console.builders import a_staff_member


def _ada() -> Client:
    return signed_in(a_staff_member("admin", "ada"))


def test_months_without_an_entry_are_read_over() -> None:
    page = _ada().get("/staff/audit/").content.decode()
    assert "<li>" not in page.partition("<main")[2].partition("cursor=")[0]
    assert "cursor=" in page


def test_entries_show_actor_subject_change_and_reason() -> None:
    a_user("bob")
    role_grant("bob", "moderator", reason="Helps <b>out</b>")
    page = _ada().get("/staff/audit/").content.decode()
    for text in ("command line", "/staff/users/bob/", "<del>user</del>", "<ins>moderator</ins>"):
        assert text in page
    assert "Helps &lt;b&gt;out&lt;/b&gt;" in page


def test_it_is_filtered_by_subject() -> None:
    for name in ("bob", "carol"):
        a_user(name)
        status_set(name, "suspended", reason=f"Because of {name}")
    page = _ada().get("/staff/audit/?subject=user%23bob").content.decode()
    assert "Because of bob" in page
    assert "Because of carol" not in page


def test_subject_and_month_filter_together() -> None:
    ada = a_staff_member("admin", "ada")
    a_user("bob")
    status_set("bob", "suspended", reason="Because of bob")
    this_month = month_of(clock.now())
    for path in ("/staff/audit/", "/api/v1/staff/audit/"):
        for month, found in ((FIRST_MONTH, False), (this_month, True), ("9999-12", True)):
            answer = signed_in(ada).get(path, {"subject": "user#bob", "until": month})
            assert ("Because of bob" in answer.content.decode()) is found, (path, month)


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        ("2025-12", "Choose a month from 2026-01"),
        ("2026-13", "Choose a month like"),
        ("May", "Choose a month like"),
    ],
)
def test_what_is_not_a_month_is_refused(month: str, sentence: str) -> None:
    answer = _ada().get(f"/staff/audit/?until={month}")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
