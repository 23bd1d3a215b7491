"""What comes again and what was overtaken, and the clock that decides."""

from datetime import UTC, datetime

import pytest

from core import clock
from core.errors import Refused
from core.replay import check_same, check_unchanged


def test_what_differs_first_is_named() -> None:
    check_same(amount=(1, 1), day=(2, 2))
    with pytest.raises(Refused) as refused:
        check_same(amount=(1, 1), day=(2, 3), note=("a", "b"))
    assert (refused.value.code, refused.value.field) == ("idempotency_mismatch", "day")


@pytest.mark.parametrize("seen", [None, 3])
def test_what_nobody_changed_is_not_overtaken(seen: int | None) -> None:
    check_unchanged(seen, 3, "This")
    with pytest.raises(Refused) as refused:
        check_unchanged(2, 3, "This")
    assert refused.value.code == "changed_meanwhile"


def test_a_time_is_the_same_after_it_was_stored() -> None:
    with clock.set_by(lambda: datetime(2026, 11, 20, 9, 30, 0, 123_987, tzinfo=UTC)):
        now = clock.now()
    assert clock.from_text(clock.to_text(now)) == now
