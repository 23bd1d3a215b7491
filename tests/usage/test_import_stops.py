"""An import for which there is no more room stops between two steps, and its user has it go on or undoes it."""

import pytest
from pytest_django.fixtures import Settings

from alerts.selectors import notifications_all
from budgets.domain.importing.record import Import
from budgets.services.imports import import_resume, work, work_imports
from core import outbox
from core.accounts.domain import User
from core.errors import Refused
from core.storage import Store
from tests.budgets.builders import check_totals
from tests.budgets.importing.builders import confirmed, expenses, keys, now, undone, uploaded, worked
from tests.builders import a_user, api_client, signed_in
from tests.reconciling.books import found
from tests.usage.builders import check_agrees, used

pytestmark = pytest.mark.usefixtures("noon")

ROWS = 100
A_STEP = 44
"""Rows that one transaction adds at most."""
CHOICES = {"credits": "skip", "alike": "leave", "include": []}


def stopped(user: User, settings: Settings, room: int = 2 * A_STEP + 10) -> Import:
    """An import of which one step had room; each row is an expense and a mark."""
    draft = confirmed(user, uploaded(user, *(f"2026-10-{1 + n % 28:02d},Shop {n},-{n + 1}\n" for n in range(ROWS))))
    settings.ROWS_PER_USER = used(user) + room
    return worked(draft)


@pytest.mark.every_backend
def test_it_stops_with_what_it_has_added(store: Store, settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    assert (half.status, half.stopped_by) == ("stopped", "row_quota")
    assert 0 < half.added == half.position < ROWS
    assert len(expenses(alice)) == len(keys(alice)) == half.added
    assert used(alice, "open_imports") == 1
    check_totals(alice)
    check_agrees(store)


def test_nobody_works_at_it_until_its_user_says_so(settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    settings.ROWS_PER_USER = 10_000
    work_imports()
    assert not work("alice", half.import_id)
    assert now(half) == half


@pytest.mark.every_backend
def test_it_goes_on_once_there_is_room(store: Store, settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    again = import_resume(alice, half.import_id)
    assert again.status == "running"
    assert worked(again).status == "stopped"
    settings.ROWS_PER_USER = 10_000
    done = worked(import_resume(alice, half.import_id))
    assert (done.status, done.added, done.stopped_by) == ("done", ROWS, "")
    assert import_resume(alice, half.import_id) == done
    assert len(expenses(alice)) == ROWS
    assert used(alice, "open_imports") == 0
    check_agrees(store)


@pytest.mark.every_backend
def test_it_is_undone_by_who_has_no_room(store: Store, settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    settings.ROWS_PER_USER = 0
    gone = undone(alice, half)
    assert (gone.status, gone.removed) == ("undone", half.added)
    assert (expenses(alice), keys(alice)) == ([], set())
    assert used(alice, "open_imports") == 0
    check_agrees(store)


def test_its_user_is_notified_once(settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    outbox.sweep()
    [note] = [each for each in notifications_all("alice") if each.kind == "import_summary"]
    assert note.title.startswith(f"Import stopped: {half.added} expenses added")
    assert half.import_id in note.link


def test_books_with_a_stopped_import_agree(store: Store, settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    wrong = [str(each) for each in found(store) if half.import_id in each.row]
    assert wrong == []


def test_a_draft_cannot_go_on(alice: User) -> None:
    draft = uploaded(alice, "2026-10-01,Tea,-1\n")
    with pytest.raises(Refused) as refused:
        import_resume(alice, draft.import_id)
    assert refused.value.code == "import_not_confirmed"


def test_the_page_says_so_and_has_it_go_on(settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    browser = signed_in(alice)
    address = f"/budgets/imports/{half.import_id}/"
    page = browser.get(address).content.decode()
    assert f"{half.added} of {ROWS} rows" in page
    assert f'action="{address}resume/"' in page
    assert f'action="{address}undo/"' in page
    settings.ROWS_PER_USER = 10_000
    assert browser.post(f"{address}resume/")["Location"] == address
    assert now(half).status in ("running", "done")


def test_a_program_confirms_it_again(settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    program = api_client(alice)
    address = f"/api/v1/expenses/imports/{half.import_id}/"
    said = program.get(address).json()
    assert (said["status"], said["stopped_by"]) == ("stopped", "row_quota")
    settings.ROWS_PER_USER = 10_000
    answer = program.post(f"{address}confirm/", CHOICES, format="json")
    assert answer.status_code == 202
    assert worked(half).status == "done"


def test_another_user_neither_sees_nor_resumes_it(settings: Settings, alice: User) -> None:
    half = stopped(alice, settings)
    browser = signed_in(a_user("bob"))
    assert browser.post(f"/budgets/imports/{half.import_id}/resume/").status_code == 404
    assert now(half) == half
