"""Files that are made to take much are refused, by a code that names the limit, in pages and API; others go on."""

from contextlib import ExitStack
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from budgets import selectors
from budgets.selectors.imports import import_get
from core.accounts.domain import User
from core.ids import new_id
from core.sandbox import runner
from tests.budgets import hostile_files as hostile
from tests.budgets.builders import spent
from tests.budgets.importing.builders import NEGATIVE, TEA, uploaded
from tests.budgets.receipt_files import a_picture
from tests.builders import api_client, signed_in

pytestmark = pytest.mark.usefixtures("noon")

IMPORTS = "/api/v1/expenses/imports/"
RECEIPTS = {
    "layers": (hostile.a_picture_of_scans(2_000), "limit_processor_time"),
    "layers of many pixels": (hostile.a_progressive_picture(16_000, 12_000), "limit_memory"),
    "pixels": (hostile.a_large_picture(), "limit_memory"),
    "objects to be read": (hostile.a_pdf_of_numbers(4), "limit_processor_time"),
    "objects to be unpacked": (hostile.a_pdf_of_numbers(70), "limit_unpacked"),
    "many streams to be unpacked": (hostile.a_pdf_of_numbers(5, 10), "limit_unpacked"),
    "places to be unpacked": (hostile.a_pdf_of_places(60), "limit_unpacked"),
}


@pytest.fixture
def tight(settings: Settings) -> None:
    """Limits that are reached soon: 1 second of a processor and 128 MB."""
    settings.FILE_PROCESSOR_SECONDS, settings.FILE_MEMORY_MB = 1, 128


def a_file(content: bytes, name: str = "file.pdf") -> SimpleUploadedFile:
    """A file of a form."""
    return SimpleUploadedFile(name, content)


def put(client: APIClient, expense_id: str, content: bytes) -> Any:
    """The answer to a receipt."""
    return client.put(f"/api/v1/expenses/{expense_id}/receipt/", {"file": a_file(content)}, format="multipart")


def post(client: APIClient, content: bytes, **said: str) -> Any:
    """The answer to a bank file."""
    return client.post(
        IMPORTS, {"file": a_file(content, "bank.csv"), "spending": "negative", **said}, format="multipart"
    )


@pytest.mark.usefixtures("tight")
@pytest.mark.parametrize("kind", RECEIPTS)
def test_a_receipt_that_takes_too_much_is_refused_by_the_limit(kind: str, alice: User) -> None:
    content, code = RECEIPTS[kind]
    assert len(content) < 200_000
    expense, client = spent(alice), api_client(alice)
    answer = put(client, expense.expense_id, content)
    assert (answer.status_code, answer.json()["code"], list(answer.json()["errors"])) == (400, code, ["file"])
    assert selectors.expense_get("alice", expense.expense_id).receipt is None
    assert put(client, expense.expense_id, a_picture()).status_code == 200


@pytest.mark.usefixtures("tight")
def test_the_page_says_so_beside_the_field(alice: User) -> None:
    address = reverse("budgets:receipt", args=[spent(alice).expense_id])
    answer = signed_in(alice).post(address, {"file": a_file(hostile.a_large_picture())})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]


def test_a_bank_file_of_spaces_is_read_and_its_rows_are_errors(alice: User) -> None:
    answer = post(api_client(alice), hostile.a_bank_file_of_spaces(), date_order="dmy")
    assert (answer.status_code, answer.json()["counts"]["error"]) == (201, 600)


@pytest.mark.usefixtures("tight")
def test_a_bank_file_that_takes_too_long_is_refused_by_the_limit(alice: User) -> None:
    answer = post(api_client(alice), hostile.a_bank_file_of_empty_lines())
    assert (answer.status_code, answer.json()["code"]) == (400, "limit_processor_time")
    assert api_client(alice).get(IMPORTS).json()["items"] == []


def test_so_is_one_that_is_to_be_read_otherwise_and_it_stays_as_it_was(alice: User, settings: Settings) -> None:
    found = uploaded(alice, *[TEA] * 5_000, layout=NEGATIVE)
    settings.FILE_MEMORY_MB = 1
    answer = api_client(alice).patch(f"{IMPORTS}{found.import_id}/", {"date_order": "dmy"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "limit_memory")
    assert import_get("alice", found.import_id) == found


def test_where_all_places_are_taken_one_may_come_back(alice: User, settings: Settings) -> None:
    settings.FILE_WAIT_SECONDS = 0
    expense, client = spent(alice), api_client(alice)
    with ExitStack() as taken:
        for name in ("bob", "carol"):
            taken.enter_context(runner.gate_now().turn(name, 0))
        receipt, bank = put(client, expense.expense_id, a_picture()), post(client, b"Date,Amount\n2026-11-20,-1\n")
        page = signed_in(alice).post(
            reverse("budgets:import-add"), {"id": new_id(), "file": a_file(b"Date,Amount\n2026-11-20,-1\n", "bank.csv")}
        )
    for answer in (receipt, bank):
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert int(answer["Retry-After"]) > 0
    assert (page.status_code, int(page["Retry-After"]) > 0) == (503, True)
    assert put(client, expense.expense_id, a_picture()).status_code == 200


@pytest.mark.parametrize("address", ["/budgets/reports/pdf/", "/api/v1/reports/pdf/"])
def test_a_report_as_pdf_is_made_under_limits_too_in_its_turn(address: str, alice: User, settings: Settings) -> None:
    spent(alice, merchant="\u5496\u5561")
    client = api_client(alice) if address.startswith("/api/") else signed_in(alice)
    days = {"from": "2026-11-01", "to": "2026-11-30"}
    assert client.get(address, days)["Content-Type"] == "application/pdf"
    settings.FILE_MEMORY_MB = 1
    assert client.get(address, days).status_code == 400
    settings.FILE_WAIT_SECONDS = 0
    with runner.gate_now().turn("bob", 0), runner.gate_now().turn("carol", 0):
        assert client.get(address, days).status_code == 503
