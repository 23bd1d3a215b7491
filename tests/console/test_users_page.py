"""The staff's pages about users: what each role sees of them, and the forms that decide."""

import pytest
from django.test import Client

from core import audit
from core.accounts.domain import Role, User
from core.accounts.selectors import user_get
from tests.builders import a_user, change_user, signed_in
from tests.console.builders import a_staff_member
from tests.pages.forms import wrong_fields


@pytest.fixture
def bob() -> User:
    return a_user("bob", full_name="Robert Tables", phone_number="35123456789", country="PT")


@pytest.fixture
def ada() -> Client:
    return signed_in(a_staff_member("admin", "ada"))


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "seen"), [("admin", {"bob@example.com", "Robert Tables", "PT"}), ("moderator", set())]
)
def test_who_sees_what_of_a_user(role: Role, seen: set[str], bob: User) -> None:
    page = _page(signed_in(a_staff_member(role)), "/staff/users/bob/")
    assert "Practice" in page
    assert {text for text in ("bob@example.com", "Robert Tables", ">PT<") if text in page} == {
        text if text != "PT" else ">PT<" for text in seen
    }
    for secret in (bob.password_hash, bob.phone_number):
        assert secret
        assert secret not in page
    assert ("Suspend" in page) is (role == "admin")


def test_the_list_shows_no_address_to_anybody(bob: User) -> None:
    for role in ("admin", "moderator"):
        page = _page(signed_in(a_staff_member(role)), "/staff/users/")
        assert 'href="/staff/users/bob/"' in page
        assert "@example.com" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["ada", "bob", "bobby", "carol"]),
        ("?q=bo", ["bob", "bobby"]),
        ("?q=BOBB", ["bobby"]),
        ("?role=analyst", ["carol"]),
        ("?status=suspended", ["bobby"]),
        ("?q=bo&status=active", ["bob"]),
        ("?role=user&status=suspended", ["bobby"]),
        ("?q=nobody", []),
        ("?role=king&status=dead", ["ada", "bob", "bobby", "carol"]),
    ],
)
def test_the_list_is_searched_and_filtered(query: str, names: list[str], ada: Client, bob: User) -> None:
    change_user(a_user("bobby").username, {"status": "suspended"})
    a_staff_member("analyst", "carol")
    page = _page(ada, f"/staff/users/{query}")
    assert [name for name in ("ada", "bob", "bobby", "carol") if f'href="/staff/users/{name}/"' in page] == names


def test_a_user_who_is_not_there_is_not_found(ada: Client) -> None:
    assert ada.get("/staff/users/nobody/").status_code == 404
    assert ada.post("/staff/users/nobody/role/", {"role-role": "admin", "role-reason": "Why not"}).status_code == 404


def test_an_administrator_suspends_and_readmits(ada: Client, bob: User) -> None:
    answer = ada.post("/staff/users/bob/status/", {"status-status": "suspended", "status-reason": "Spam"}, follow=True)
    assert "toast success" in answer.content.decode()
    assert user_get("bob").status == "suspended"
    ada.post("/staff/users/bob/status/", {"status-status": "active", "status-reason": "A mistake"})
    assert user_get("bob").status == "active"
    assert [entry.reason for entry in audit.entries_of("user#bob", 5).items] == ["A mistake", "Spam"]


def test_an_administrator_gives_a_role(ada: Client, bob: User) -> None:
    ada.post("/staff/users/bob/role/", {"role-role": "moderator", "role-reason": "Helps out"})
    assert user_get("bob").role == "moderator"


@pytest.mark.parametrize("part", ["role", "status"])
def test_without_a_reason_the_form_comes_back_and_nothing_changes(part: str, ada: Client, bob: User) -> None:
    value = {"role": "admin", "status": "suspended"}[part]
    answer = ada.post(f"/staff/users/bob/{part}/", {f"{part}-{part}": value, f"{part}-reason": " "})
    assert answer.status_code == 422
    assert set(wrong_fields(answer)) == {f"{part}-reason"}
    assert (user_get("bob").role, user_get("bob").status) == ("user", "active")
    assert audit.entries_newest(5).items == ()


def test_a_reason_that_is_too_short_says_so(ada: Client, bob: User) -> None:
    answer = ada.post("/staff/users/bob/role/", {"role-role": "admin", "role-reason": "x"})
    assert answer.status_code == 422
    assert "3 to 500" in wrong_fields(answer)["role-reason"]


def test_a_decision_that_was_taken_meanwhile_is_refused(ada: Client, bob: User) -> None:
    form = {"status-status": "suspended", "status-reason": "Spam again"}
    ada.post("/staff/users/bob/status/", form)
    again = ada.post("/staff/users/bob/status/", form, follow=True)
    assert "toast error" in again.content.decode()
    assert len(audit.entries_of("user#bob", 5).items) == 1


def test_nobody_decides_about_themselves(ada: Client) -> None:
    page = _page(ada, "/staff/users/ada/")
    assert "/staff/users/ada/role/" not in page
    answer = ada.post("/staff/users/ada/role/", {"role-role": "user", "role-reason": "Enough of it"})
    assert answer.status_code == 422
    assert user_get("ada").role == "admin"


def test_a_get_decides_nothing(ada: Client, bob: User) -> None:
    for part in ("role", "status"):
        assert ada.get(f"/staff/users/bob/{part}/?{part}-{part}=admin&{part}-reason=Sure").status_code == 405


def test_a_form_of_another_site_decides_nothing(bob: User) -> None:
    browser = signed_in(a_staff_member("admin"), enforce_csrf_checks=True)
    answer = browser.post("/staff/users/bob/role/", {"role-role": "admin", "role-reason": "Because"})
    assert answer.status_code == 403
    assert user_get("bob").role == "user"


def test_the_log_of_a_name_begins_with_its_present_account(ada: Client, bob: User) -> None:
    ada.post("/staff/users/bob/role/", {"role-role": "moderator", "role-reason": "Of the former owner"})
    moment = audit.entries_of("user#bob", 1).items[0].at
    change_user("bob", {"created_at": moment.replace(year=moment.year + 1)})
    assert "Of the former owner" not in _page(ada, "/staff/users/bob/")
    assert "Of the former owner" in _page(ada, "/staff/audit/?subject=user%23bob")
