"""What is kept is shown in Settings and by the API; refusals carry their code and say what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from core import clock
from core.codes import codes
from core.ids import new_id
from core.usage.quotas import quotas
from tests.budgets.builders import spent
from tests.budgets.importing.builders import TEA, uploaded
from tests.budgets.receipt_files import a_picture
from tests.builders import a_user, api_client, signed_in
from tests.usage.builders import used, with_receipt

USAGE = "/api/v1/auth/me/usage/"


def test_the_api_says_what_the_own_account_keeps() -> None:
    alice, bob = a_user(), a_user("bob")
    size = with_receipt(alice, spent(alice, day=clock.now().date()))
    program = api_client(alice, "read")
    said = program.get(USAGE).json()["usage"]
    assert said["bytes"] == {"used": size, "limit": 1_073_741_824}
    assert said["files"] == {"used": 1, "limit": 2_000}
    assert said["rows"] == {"used": used(alice), "limit": 250_000}
    assert said["open_imports"] == {"used": 0, "limit": 5}
    assert said["api_keys"] == {"used": 1, "limit": 50}
    assert said["goals"] == {"used": 0, "limit": 50}
    assert api_client(bob).get(USAGE).json()["usage"]["files"]["used"] == 0


def test_the_api_says_it_to_nobody_else() -> None:
    assert APIClient().get(USAGE).status_code == 401


def test_settings_show_it(settings: Settings) -> None:
    alice = a_user()
    settings.ROWS_PER_USER = 1
    page = signed_in(alice).get("/settings/data/").content.decode()
    for quota in quotas().values():
        assert quota.label in page
    assert "1.0\xa0GB" in page
    assert page.count("Full") == 1
    assert "Full" not in signed_in(a_user("bob", account="empty")).get("/settings/data/").content.decode()


def test_every_quota_has_a_documented_code_and_a_sentence_with_the_limit() -> None:
    for quota in quotas().values():
        refused = quota.refused()
        assert codes()[refused.code].status == refused.status == 409
        assert quota.shown(quota.limit()) in refused.detail


@pytest.mark.parametrize(
    ("setting", "limit", "path", "said", "code"),
    [
        ("ROWS_PER_USER", 2, "/api/v1/expenses/", {"amount": "1", "category": "Travel"}, "row_quota"),
        (
            "ROWS_PER_USER", 2, "/api/v1/carbon/entries/", {"activity": "car_petrol", "amount": "1", "unit": "km"},
            "row_quota",
        ),
        ("ROWS_PER_USER", 2, "/api/v1/portfolio/deposits/", {"amount": "1"}, "row_quota"),
    ],
)  # fmt: skip
def test_a_program_is_refused_with_the_code(
    settings: Settings, setting: str, limit: int, path: str, said: dict[str, str], code: str
) -> None:
    alice = a_user()
    spent(alice, day=clock.now().date())
    setattr(settings, setting, limit)
    answer = api_client(alice).post(path, said, format="json")
    assert (answer.status_code, answer.json().get("code")) == (409, code), answer.json()


def test_a_form_says_it_above_its_fields(settings: Settings) -> None:
    alice = a_user()
    expense = spent(alice, day=clock.now().date())
    browser = signed_in(alice)
    settings.ROWS_PER_USER, settings.STORAGE_PER_USER = 2, 10
    said = {"id": new_id(), "amount": "1", "category": "Travel", "date": clock.now().date().isoformat()}
    page = browser.post("/budgets/expenses/add/", said)
    assert page.status_code == 422
    assert quotas()["rows"].refused().detail in page.content.decode()
    file = SimpleUploadedFile("bill.jpg", a_picture(), "image/jpeg")
    page = browser.post(f"/budgets/expenses/{expense.expense_id}/receipt/", {"file": file})
    assert page.status_code == 422
    assert quotas()["bytes"].refused().detail in page.content.decode()


def test_a_sixth_import_is_refused_on_the_page(settings: Settings) -> None:
    alice = a_user()
    settings.OPEN_IMPORTS_PER_USER = 1
    uploaded(alice, TEA)
    file = SimpleUploadedFile("bank.csv", f"Date,Payee,Amount\n{TEA}".encode())
    page = signed_in(alice).post("/budgets/imports/add/", {"id": new_id(), "file": file})
    assert page.status_code == 422
    assert quotas()["open_imports"].refused().detail in page.content.decode()
