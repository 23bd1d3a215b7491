"""Pages of imports, as a browser without scripts sees them."""

import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from budgets import services
from budgets.domain.importing.layout import LayoutDraft
from budgets.domain.importing.record import UNDO_KEPT, Status
from budgets.selectors.imports import imports_newest
from budgets.services import imports
from core.ids import new_id
from core.storage import measured
from tests.budgets.builders import budgeted, spent
from tests.budgets.importing.builders import (
    BROKEN,
    HEAD,
    MILK,
    PAY,
    RENT,
    TEA,
    confirmed,
    expenses,
    imported,
    now,
    rows,
    undone,
    uploaded,
)
from tests.budgets.pages import shown, text_of
from tests.builders import a_user, signed_in


def send(client: Client, content: bytes, name: str = "bank.csv", **fields: str) -> Any:
    """Send the form of an upload."""
    return client.post("/budgets/imports/add/", {"id": new_id(), "file": SimpleUploadedFile(name, content), **fields})


def test_a_file_goes_from_upload_to_result_and_back_without_scripts() -> None:
    alice = a_user()
    client = signed_in(alice)
    mine = spent(alice, "3.50")
    assert "Import a file" in shown(client, "/budgets/imports/")

    answer = send(client, (HEAD + TEA + MILK + RENT + PAY + BROKEN).encode())
    page = client.get(answer["Location"]).content.decode()
    for state, count in (("new", 2), ("alike", 1), ("credit", 1), ("error", 1)):
        assert f'href="?show={state}">{count}</a>' in page
    assert "“soon”" in page
    assert f'href="/budgets/expenses/{mine.expense_id}/"' in page
    errors = shown(client, answer["Location"], show="error")
    assert "Gnomes" in errors
    assert "Milk" not in errors

    client.post(f"{answer['Location']}confirm/", {"credits": "refund", "alike": "leave", "include": "2"})
    working = client.get(answer["Location"]).content.decode()
    assert '<progress max="4" value="0"' in working
    assert "0 of 4 rows" in text_of(working)
    assert text_of(client.get(answer["Location"]).content.decode()) == text_of(working)  # a reload finds it again

    (found,) = imports_newest("alice", 5).items
    imports.work("alice", found.import_id)
    done = shown(client, answer["Location"])
    assert "4 expenses added" in done
    assert "1 could not be read" in done
    assert "bank.csv" in shown(client, "/budgets/imports/")
    assert "Milk" in shown(client, "/budgets/expenses/")

    client.post(f"{answer['Location']}undo/")
    assert "0 of 4 expenses" in shown(client, answer["Location"])
    imports.work("alice", found.import_id)
    assert "4 expenses removed" in shown(client, answer["Location"])
    assert [each.expense_id for each in expenses(alice)] == [mine.expense_id]


def test_what_the_file_leaves_open_is_asked_on_a_page_and_the_preview_follows() -> None:
    alice = a_user()
    client = signed_in(alice)
    content = "When,Who,How much,Kind\n01/02/2026,Tea,-3.00,Groceries\n03/04/2026,Pay,9.00,\n"
    answer = send(client, content.encode("utf-16"))
    assert answer["Location"].endswith("/columns/")
    page = client.get(answer["Location"]).content.decode()
    assert 'id="questions"' in page
    assert "Groceries" in page

    fields = {
        "column_date": "0",
        "column_merchant": "1",
        "column_amount": "2",
        "date_order": "dmy",
        "decimal_mark": ".",
        "spending": "negative",
        "default_category": "Other",
        "unknown_category": "error",
    }
    asked = client.post(answer["Location"], fields, follow=True).content.decode()
    (found,) = imports_newest("alice", 5).items
    assert set(found.layout.questions()) == {"date_order", "spending"}
    assert all(question in asked for question in found.layout.questions().values())
    fields |= {"date_order": "dmy", "spending": "negative"}
    preview = client.post(answer["Location"], fields, follow=True).content.decode()
    assert "1 Feb 2026" in text_of(preview)

    fields |= {"column_category": "3"}
    preview = text_of(client.post(answer["Location"], fields, follow=True).content.decode())
    assert "“Groceries” is not one of your categories" in preview
    columns = client.get(answer["Location"]).content.decode()
    assert re.search(r'<label for="id_category_0">Groceries', columns)
    fields |= {"category_0": "Food & Dining"}
    client.post(answer["Location"], fields)
    (found,) = imports_newest("alice", 5).items
    assert [row.category for row in rows(found)] == ["Food & Dining", "Other"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (bytes(range(256)), "not a text file"),
        (b"Date,Amount\n", "no rows"),
        (b"PK\x03\x04", "workbook"),
        (b"Date,Amount\n" + b"2026-11-20,1\n" * 20_001, "20,000 rows"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_beside_its_field(content: bytes, says: str) -> None:
    answer = send(signed_in(a_user()), content)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_file_error"' in page
    assert says in page
    assert imports_newest("alice", 5).items == ()


def test_a_form_sent_twice_is_one_import_and_an_old_form_says_what_to_do() -> None:
    client = signed_in(a_user())
    form_id = new_id()
    one = send(client, (HEAD + TEA).encode(), id=form_id)
    two = send(client, (HEAD + TEA).encode(), id=form_id)
    assert one["Location"] == two["Location"]
    old = send(client, (HEAD + TEA).encode(), id="01932f0a-7c00-7abc-8def-0123456789ab")
    assert old.status_code == 422
    assert "open for too long" in old.content.decode()


def test_a_button_that_cannot_be_pressed_says_why() -> None:
    alice = a_user()
    client = signed_in(alice)
    done = imported(alice, TEA)
    again = uploaded(alice, TEA)
    page = client.get(f"/budgets/imports/{again.import_id}/").content.decode()
    assert re.search(r'<button class="button" type="button" disabled aria-describedby="nothing">', page)
    assert 'id="nothing"' in page
    with time_machine.travel("2027-01-10T12:00Z"):
        page = signed_in(alice).get(f"/budgets/imports/{done.import_id}/").content.decode()
    assert 'disabled aria-describedby="undo-hint"' in page
    assert f"{UNDO_KEPT.days} days" in page
    assert "Tea" in page


def test_the_result_names_thresholds_and_the_undo_what_it_left() -> None:
    alice = a_user()
    client = signed_in(alice)
    budgeted(alice, "4", "Other")
    done = imported(alice, TEA, MILK)
    page = shown(client, f"/budgets/imports/{done.import_id}/")
    assert "Other, November 2026" in page
    assert "4.70 of 4.00 , exceeded" in page
    tea = next(each for each in expenses(alice) if each.merchant == "Tea")
    services.expense_change(alice, tea.expense_id, tea.draft.__class__(tea.amount, "Travel", tea.day, merchant="Chai"))
    undone(alice, done)
    page = shown(client, f"/budgets/imports/{done.import_id}/")
    assert "1 expense removed" in page
    assert "Chai" in page


def test_many_rows_are_paged_and_the_filter_is_in_the_address() -> None:
    alice = a_user()
    client = signed_in(alice)
    lines = [f"2026-11-{1 + n % 20:02d},Shop {n},-1.00\n" for n in range(150)]
    found = uploaded(alice, *lines, BROKEN)
    address = f"/budgets/imports/{found.import_id}/"
    with measured() as counts:
        first = shown(client, address)
    assert counts.requests == 4  # session, user, the import, its rows
    assert "Shop 99" in first
    assert "Shop 100" not in first
    assert "Shop 149" in shown(client, address, page="2")
    assert "Gnomes" in shown(client, address, show="error", page="no number")
    assert "Shop 1" in shown(client, address, show="nonsense")


def test_the_progress_is_put_in_its_place_and_reloads_the_page_at_the_end() -> None:
    alice = a_user()
    client = signed_in(alice)
    found = confirmed(alice, uploaded(alice, TEA))
    address = f"/budgets/imports/{found.import_id}/progress/"
    part = client.get(address, headers={"HX-Request": "true"})
    assert "0 of 1 rows" in text_of(part.content.decode())
    assert "<html" not in part.content.decode()
    assert client.get(address)["Location"] == f"/budgets/imports/{found.import_id}/"
    imports.work("alice", found.import_id)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_draft_is_discarded_and_a_worked_import_refuses_with_a_word() -> None:
    alice = a_user()
    client = signed_in(alice)
    found = uploaded(alice, TEA)
    answer = client.post(f"/budgets/imports/{found.import_id}/discard/", follow=True)
    assert "Nothing was added" in answer.content.decode()
    running = confirmed(alice, uploaded(alice, TEA))
    answer = client.post(f"/budgets/imports/{running.import_id}/undo/", follow=True)
    assert "still being processed" in answer.content.decode()
    assert now(running).status is Status.RUNNING


PAGES = ("", "columns/", "progress/")
POSTS = ("columns/", "confirm/", "discard/", "undo/")


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_the_import_of_another(path: str) -> None:
    found = uploaded(a_user(), TEA, BROKEN)
    assert signed_in(a_user("bob")).get(f"/budgets/imports/{found.import_id}/{path}").status_code == 404


@pytest.mark.parametrize("path", POSTS)
def test_nobody_changes_the_import_of_another(path: str) -> None:
    alice, bob = a_user(), signed_in(a_user("bob"))
    draft, done = uploaded(alice, TEA), imported(alice, MILK)
    for found in (draft, done):
        assert bob.post(f"/budgets/imports/{found.import_id}/{path}", {}).status_code == 404
        assert now(found) == found
    assert bob.post("/budgets/imports/no-id/confirm/", {}).status_code == 404
    assert "bank.csv" not in shown(bob, "/budgets/imports/")


def test_unknown_choices_are_reported_and_nothing_is_confirmed() -> None:
    alice = a_user()
    found = uploaded(alice, TEA, layout=LayoutDraft())
    answer = signed_in(alice).post(
        f"/budgets/imports/{found.import_id}/confirm/", {"credits": "keep", "alike": "leave", "include": "99"}
    )
    assert answer.status_code == 422
    assert now(found).status is Status.PREVIEW


@pytest.mark.parametrize("include", ["9" * 5_000, "1.5", "-1", "²", "1000000000"])
def test_unknown_ticked_numbers_are_reported_beside_those_to_tick(include: str) -> None:
    alice = a_user()
    spent(alice, "3.50")
    found = uploaded(alice, TEA)
    answer = signed_in(alice).post(f"/budgets/imports/{found.import_id}/confirm/", {"include": include})
    assert answer.status_code == 422
    assert b'name="include"' in answer.content
    assert now(found).status is Status.PREVIEW
