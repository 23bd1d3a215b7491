"""Whatever is made, deleted and restored, in whatever order and with whatever time between, the count is that of the
rows.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from budgets import services
from budgets.selectors import expenses_every
from budgets.services.imports import import_discard
from budgets.services.receipts import receipts_sweep
from carbon import services as carbon
from core.accounts.domain import User
from core.accounts.selectors import api_keys_of
from core.accounts.services import api_key_create, api_key_revoke
from core.errors import NotFound, Refused
from core.storage import Store
from core.usage.room import fold
from tests.budgets.builders import spent
from tests.budgets.importing.builders import imported, undone, uploaded
from tests.builders import a_user
from tests.carbon.builders import a_goal
from tests.times import NOON, at
from tests.usage.builders import check_agrees, used, with_receipt

STEPS = 60
A_MOMENT, A_MONTH = timedelta(minutes=3), timedelta(days=30)
PAUSES = (
    timedelta(0),
    timedelta(hours=7),
    timedelta(days=1),
    timedelta(days=7),
    A_MONTH - A_MOMENT,
    A_MONTH + A_MOMENT,
)
"""What is deleted leaves the trash after a month, and a draft goes after a week."""


class Life:
    """What one user does, chosen at random."""

    def __init__(self, user: User, chance: Random, store: Store) -> None:
        self.user, self.chance, self.store = user, chance, store
        self.now = NOON
        self.entries: list[str] = []
        self.number = 0

    def row(self) -> str:
        """A row of a bank that no other file has."""
        self.number += 1
        return f"{self.now:%Y-%m-%d},Shop {self.number},-{self.number}\n"

    def expense_deleted(self) -> None:
        """One that is there, or a new one."""
        there = list(expenses_every(self.user.username))
        expense = self.chance.choice(there) if there else spent(self.user, day=self.now.date())
        self.entries.append(services.expense_delete(self.user, expense.expense_id))

    def restored(self) -> None:
        """One that was deleted at some time, in its last hours too."""
        if self.entries:
            services.expense_restore(self.user, self.entries.pop(self.chance.randrange(len(self.entries))))

    def key(self) -> None:
        """A new one, or one less."""
        keys = api_keys_of(self.user.username).items
        if keys and self.chance.random() < 0.4:
            api_key_revoke(self.user.username, self.chance.choice(keys).key_id)
        else:
            ends = self.now + timedelta(hours=self.chance.randrange(1, 200))
            api_key_create(self.user, name="A", scope="read", expires_at=self.chance.choice([None, ends]))

    def draft(self) -> None:
        """A file that is kept as a draft, or discarded."""
        draft = uploaded(self.user, self.row())
        if self.chance.random() < 0.5:
            import_discard(self.user, draft.import_id)

    def import_done(self) -> None:
        """A file whose rows are added, and perhaps removed."""
        done = imported(self.user, self.row(), self.row())
        if self.chance.random() < 0.5:
            undone(self.user, done)

    def goal(self) -> None:
        """A goal, and perhaps its end."""
        goal = a_goal(self.user)
        if self.chance.random() < 0.5:
            carbon.goal_delete(self.user, goal.goal_id)

    def step(self) -> None:
        """One of them, some time later."""
        self.now += self.chance.choice(PAUSES)
        deeds: list[Callable[[], object]] = [
            lambda: spent(self.user, day=self.now.date()),
            lambda: with_receipt(self.user, spent(self.user, day=self.now.date())),
            self.expense_deleted,
            self.expense_deleted,
            self.restored,
            self.key,
            self.draft,
            self.import_done,
            self.goal,
            lambda: receipts_sweep(self.now),
            lambda: fold(self.user.username),
        ]
        with at(self.now), suppress(Refused, NotFound):
            self.chance.choice(deeds)()
            if self.chance.random() < 0.5:
                self.store.purge_expired(self.now)


@pytest.mark.parametrize("seed", range(8))
def test_the_count_is_that_of_the_rows(store: Store, seed: int) -> None:
    with at(NOON):
        life = Life(a_user(), Random(seed), store)
    for _ in range(STEPS):
        life.step()
        with at(life.now):
            check_agrees(store)
    with at(life.now + timedelta(days=60)):
        assert used(life.user, "open_imports") == 0
        store.purge_expired(life.now + timedelta(days=60))
        check_agrees(store)
