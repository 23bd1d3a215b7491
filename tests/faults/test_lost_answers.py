"""One answer of the store is lost, and what was asked for is done all the same, once."""

from datetime import timedelta
from typing import Any

import pytest

from alerts.selectors import alert_get
from core import clock
from core.storage import Store, StoreUnavailable, using
from market.services import ticks_record
from market.triggers.engine import look
from tests.alerts.builders import an_alert
from tests.builders import a_user
from tests.market.builders import a_tick, an_asset


class LosingOnce(Store):
    """The same data as another store, which loses the answer to the first single write, done or not."""

    def __init__(self, whole: Store, *, is_done: bool) -> None:
        backend = _LosingBackend(whole._backend, is_done)
        super().__init__(backend)
        self._losing = backend

    @property
    def has_lost(self) -> bool:
        """Whether an answer was lost."""
        return self._losing.has_lost


class _LosingBackend:
    def __init__(self, whole: Any, is_done: bool) -> None:
        self._whole = whole
        self._is_done = is_done
        self.has_lost = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def write(self, write: Any) -> Any:
        if self.has_lost:
            return self._whole.write(write)
        self.has_lost = True
        if self._is_done:
            self._whole.write(write)
        raise StoreUnavailable("the answer was lost", repeatable=False, outcome_unknown=True)


@pytest.mark.parametrize("is_done", [False, True])
def test_an_alert_is_set_though_the_engine_must_look_twice(store: Store, is_done: bool) -> None:
    alice, now = a_user(), clock.now()
    an_asset(price="100", at=now - timedelta(seconds=10))
    look("bitcoin")
    ticks_record([a_tick("101", now)])

    losing = LosingOnce(store, is_done=is_done)
    with using(losing):
        alert = an_alert(alice, ">", "110")

    assert losing.has_lost
    assert alert_get("alice", alert.alert_id) == alert
