"""Each question to the table of imports is one request."""

from datetime import timedelta

import pytest

from budgets.domain.importing.record import Import
from budgets.repositories import imports
from budgets.selectors.imports import import_rows, import_sheet, keys_known
from budgets.services.imports import work
from core import clock
from core.accounts.domain import User
from core.storage import store
from tests.budgets.importing.builders import BROKEN, MILK, RENT, TEA, confirmed, expenses, imported, rows, uploaded
from tests.builders import a_user
from tests.counting import got, one_request, queried

pytestmark = pytest.mark.every_backend


@pytest.fixture
def user() -> User:
    return a_user("carol")


@pytest.fixture
def done(user: User) -> Import:
    """One import that is done."""
    return imported(user, TEA, MILK)


def test_imports_one(done: Import) -> None:
    item = got(imports.import_address("carol", done.import_id))
    assert item is not None
    assert imports.import_from_item(item) == done


def test_imports_newest(user: User, done: Import) -> None:
    later = uploaded(user, RENT, BROKEN)
    imported(a_user("bob"), TEA)
    page = queried(imports.imports_query("carol"))
    assert [imports.import_from_item(item) for item in page.items] == [later, done]
    assert page.cursor is None


def test_imports_marks_of_rows(user: User, done: Import) -> None:
    wanted = [row.key for row in (*rows(done), *rows(uploaded(user, RENT)))]
    with one_request():
        known = keys_known("carol", wanted)
    assert sorted(known.values()) == sorted(each.expense_id for each in expenses(user))
    assert list(known) == wanted[:2]


def test_imports_rows_of_the_plan(user: User) -> None:
    found = uploaded(user, TEA, BROKEN, RENT)
    with one_request():
        kept = import_rows(found)
    assert kept is not None
    assert [(row.number, row.state, row.merchant) for row in kept] == [
        (2, "new", "Tea"),
        (3, "error", "Gnomes"),
        (4, "new", "Rent"),
    ]


def test_imports_rows_of_the_file(user: User) -> None:
    found = uploaded(user, TEA, BROKEN)
    with one_request():
        sheet = import_sheet(found)
    assert sheet is not None
    assert sheet.header == ("Date", "Payee", "Amount")
    assert sheet.lines[1].cells == ("soon", "Gnomes", "-1.00")


def test_imports_that_no_worker_is_at(user: User, done: Import) -> None:
    waiting = confirmed(user, uploaded(user, RENT))
    store().catch_up()  # type: ignore[attr-defined]
    page = queried(imports.worked_query(clock.now() + timedelta(seconds=1), limit=5))
    assert [item["import_id"] for item in page.items] == [waiting.import_id]
    assert queried(imports.worked_query(waiting.updated_at, limit=5)).items == ()
    work("carol", waiting.import_id)
    assert queried(imports.worked_query(clock.now() + timedelta(seconds=1), limit=5)).items == ()
