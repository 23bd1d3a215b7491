"""What can be done to an import, when, and by whom."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from budgets.domain.importing.layout import LayoutDraft
from budgets.domain.importing.record import Choices, Status
from budgets.selectors.imports import import_get, import_rows, imports_newest
from budgets.services import imports
from core.accounts.services.closure import account_erase
from core.errors import InvalidInput, NotFound, Refused
from core.ids import new_id
from tests.budgets.importing.builders import (
    MILK,
    NEGATIVE,
    TEA,
    confirmed,
    expenses,
    now,
    rows,
    undone,
    uploaded,
    worked,
)
from tests.builders import a_user
from tests.times import NOON


def test_a_layout_that_is_open_is_asked_and_said() -> None:
    alice = a_user()
    found = uploaded(
        alice, "01/02/2026;Tea;3,50\n", "02/03/2026;Pay;-9,00\n", head="When;Who;How much\n", layout=LayoutDraft()
    )
    assert found.status is Status.MAPPING
    assert set(found.layout.questions()) == {"date", "amount"}
    assert import_rows(found) is None
    with pytest.raises(Refused) as refused:
        confirmed(alice, found)
    assert refused.value.code == "import_not_ready"

    found = imports.import_layout(alice, found.import_id, LayoutDraft(columns={"date": 0, "merchant": 1, "amount": 2}))
    assert set(found.layout.questions()) == {"date_order", "spending"}
    found = imports.import_layout(alice, found.import_id, LayoutDraft(date_order="dmy", spending="positive"))
    assert found.status is Status.PREVIEW
    assert [(row.day, row.amount) for row in rows(found)] == [
        (date(2026, 2, 1), Decimal("3.50")),
        (date(2026, 3, 2), Decimal("-9.00")),
    ]
    found = imports.import_layout(alice, found.import_id, LayoutDraft(date_order="mdy", default_category="Travel"))
    assert [(row.day, row.category) for row in rows(found)] == [
        (date(2026, 1, 2), "Travel"),
        (date(2026, 2, 3), "Travel"),
    ]
    assert worked(confirmed(alice, found)).added == 1


def test_an_upload_is_recognised_that_an_earlier_release_has_kept() -> None:
    said = (
        b"Wishes(columns=None, date_order=None, decimal_mark=None, spending='negative', default_category=None, "
        b"unknown_category=None, categories=None)"
    )
    assert NEGATIVE.digest(b"the file") == hashlib.sha256(b"the file" + said).hexdigest()


def test_a_repeated_upload_and_a_repeated_confirmation_are_one() -> None:
    alice = a_user()
    import_id = new_id()
    first = uploaded(alice, TEA, import_id=import_id)
    assert uploaded(alice, TEA, import_id=import_id) == first
    with pytest.raises(Refused) as refused:
        uploaded(alice, MILK, import_id=import_id)
    assert refused.value.code == "idempotency_mismatch"

    confirmed(alice, first)
    assert worked(first) == confirmed(alice, first)
    with pytest.raises(Refused) as refused:
        confirmed(alice, first, credits="refund")
    assert refused.value.code == "import_confirmed"
    assert len(expenses(alice)) == 1


def test_what_cannot_be_done_now_is_refused_with_a_code() -> None:
    alice = a_user()
    draft = uploaded(alice, TEA)
    assert _code(lambda: imports.import_undo(alice, draft.import_id)) == "import_not_confirmed"
    confirmed(alice, draft)
    assert _code(lambda: imports.import_undo(alice, draft.import_id)) == "import_running"
    assert _code(lambda: imports.import_discard(alice, draft.import_id)) == "import_confirmed"
    assert _code(lambda: imports.import_layout(alice, draft.import_id, LayoutDraft())) == "import_confirmed"
    done = worked(draft)
    with time_machine.travel(NOON + timedelta(days=31)):
        assert _code(lambda: imports.import_undo(alice, draft.import_id)) == "import_too_old"
    gone = undone(alice, done)
    assert imports.import_undo(alice, draft.import_id) == gone


def test_choices_that_make_no_sense_are_refused() -> None:
    alice = a_user()
    found = uploaded(alice, TEA)
    with pytest.raises(InvalidInput) as refused:
        imports.import_confirm(alice, found.import_id, Choices("keep", "some", (2, 99)))  # type: ignore[arg-type]
    assert set(refused.value.errors) == {"credits", "alike", "include"}


def test_a_draft_is_discarded_with_its_rows_or_is_over_after_a_week() -> None:
    alice = a_user()
    found, other = uploaded(alice, TEA), uploaded(alice, MILK)
    imports.import_discard(alice, found.import_id)
    with pytest.raises(NotFound):
        now(found)
    assert import_rows(found) is None
    with time_machine.travel(NOON + timedelta(days=7, minutes=1)):
        assert imports_newest("alice", 10).items == ()
        for call in (
            lambda: import_get("alice", other.import_id),
            lambda: confirmed(alice, other),
            lambda: imports.import_discard(alice, other.import_id),
        ):
            with pytest.raises(NotFound):
                call()


@pytest.mark.parametrize("reach", ["get", "layout", "confirm", "undo", "discard", "work"])
def test_nobody_reaches_the_import_of_another(reach: str) -> None:
    alice, bob = a_user(), a_user("bob")
    found = uploaded(alice, TEA)
    calls: dict[str, Callable[[], object]] = {
        "get": lambda: import_get("bob", found.import_id),
        "layout": lambda: imports.import_layout(bob, found.import_id, LayoutDraft()),
        "confirm": lambda: imports.import_confirm(bob, found.import_id, Choices()),
        "undo": lambda: imports.import_undo(bob, found.import_id),
        "discard": lambda: imports.import_discard(bob, found.import_id),
        "work": lambda: imports.work("bob", found.import_id),
    }
    if reach == "work":
        assert calls[reach]() is False
    else:
        with pytest.raises(NotFound):
            calls[reach]()
    assert now(found) == found
    assert uploaded(bob, TEA).counts["new"] == 1


def test_accounts_that_are_closed_keep_nothing_and_get_nothing() -> None:
    alice = a_user()
    found = confirmed(alice, uploaded(alice, TEA))
    account_erase("alice")
    assert imports.work("alice", found.import_id) is False
    with pytest.raises(NotFound):
        uploaded(alice, TEA)


def _code(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code
