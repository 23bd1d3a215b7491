"""A worker is at one import for a while only, and goes on where it was: other work gets its turn."""

import time
from itertools import pairwise

import pytest
from pytest_django.fixtures import Settings

from budgets.domain.importing.record import Status
from budgets.services import imports
from budgets.services.imports import worker
from core import nudges
from core.storage import measured
from tests.budgets.builders import check_totals
from tests.budgets.importing.builders import confirmed, expenses, now, uploaded
from tests.builders import a_user

pytestmark = pytest.mark.usefixtures("noon")

ROWS, MOST_OF_A_STEP = 150, 44
LINES = [f"2026-11-{1 + number % 20:02d},Shop {number},-{number + 1}.00\n" for number in range(ROWS)]


def test_without_time_it_is_one_step_and_the_next_slice_goes_on_there() -> None:
    alice = a_user()
    found = confirmed(alice, uploaded(alice, *LINES))
    behind, more = [0], True
    while more:
        with measured() as usage:
            more = imports.work("alice", found.import_id, 0)
        assert usage.requests < 20
        behind.append(now(found).behind)
    added = [later - earlier for earlier, later in pairwise(behind)]
    assert max(added) <= MOST_OF_A_STEP
    assert (sum(added), now(found).status) == (ROWS, Status.DONE)

    imports.import_undo(alice, found.import_id)
    slices = 1
    while imports.work("alice", found.import_id, 0):
        slices += 1
    assert slices >= ROWS // MOST_OF_A_STEP
    assert (expenses(alice), now(found).status) == ([], Status.UNDONE)
    check_totals(alice)


def test_a_task_has_a_slice_that_is_shorter_than_its_limit(settings: Settings) -> None:
    limit = settings.CELERY_TASK_TIME_LIMIT
    assert limit > nudges.WORKED_AT_A_TIME + worker.LOOKED_FOR
    assert imports.work("nobody", "no import", time.monotonic() + nudges.WORKED_AT_A_TIME) is False
