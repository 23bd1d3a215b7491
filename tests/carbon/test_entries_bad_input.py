"""What an entry cannot be: refused with a sentence at its field, and nothing kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from carbon import selectors, services
from core import clock
from core.errors import InvalidInput, NotFound, Refused
from core.ids import derived_id, new_id
from tests.carbon.builders import a_draft, a_person, check_adds_up, entries_of

NO_ZONE = datetime(2026, 1, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    "other",
    [
        {"amount": "101"},
        {"unit": "mile"},
        {"activity": "car_diesel"},
        {"occupancy": 2},
        {"description": "To work"},
        {"region": "GB"},
        {"timestamp": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_the_same_id_with_another_wish_is_refused(other: dict[str, Any]) -> None:
    alice, entry_id = a_person(), new_id()
    said: dict[str, Any] = {"timestamp": datetime(2026, 1, 2, tzinfo=UTC)}
    services.entry_add(alice, entry_id=entry_id, draft=a_draft(**said))
    with pytest.raises(Refused) as caught:
        services.entry_add(alice, entry_id=entry_id, draft=a_draft(**{**said, **other}))
    assert (caught.value.code, caught.value.field) == ("idempotency_mismatch", "entry_id")
    assert len(entries_of(alice)) == 1


@pytest.mark.parametrize("entry_id", ["", "7", "019A9F3C-5C00-7ABC-8DEF-0123456789AB", derived_id(clock.EPOCH, "old")])
def test_an_id_that_cannot_be_used_is_refused(entry_id: str) -> None:
    alice = a_person()
    with pytest.raises(InvalidInput) as caught:
        services.entry_add(alice, entry_id=entry_id, draft=a_draft())
    assert list(caught.value.errors) == ["entry_id"]


@pytest.mark.parametrize("entry_id", ["", "x" * 2000, "none"])
def test_an_unknown_entry_is_not_found(entry_id: str) -> None:
    alice = a_person()
    for reach in (
        lambda: selectors.entry_get("alice", entry_id),
        lambda: services.entry_change(alice, entry_id, a_draft()),
        lambda: services.entry_delete(alice, entry_id),
        lambda: services.entry_restore(alice, entry_id),
    ):
        with pytest.raises(NotFound):
            reach()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "1000000000.1"}, "amount"),
        ({"amount": "0.0000001"}, "amount"),
        ({"occupancy": 0}, "occupancy"),
        ({"occupancy": 21}, "occupancy"),
        ({"description": "x" * 501}, "description"),
        ({"region": "FR"}, "region"),
        ({"timestamp": NO_ZONE}, "timestamp"),
        ({"timestamp": datetime.max.replace(tzinfo=UTC)}, "timestamp"),
        ({"timestamp": datetime.min.replace(tzinfo=UTC)}, "timestamp"),
        ({"timestamp": datetime(1969, 12, 31, tzinfo=UTC)}, "timestamp"),
        ({"timestamp": clock.now() + timedelta(days=2)}, "timestamp"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_nothing_is_kept(values: dict[str, Any], field: str) -> None:
    alice = a_person(time_zone="Pacific/Kiritimati")
    with pytest.raises(InvalidInput) as caught:
        services.entry_add(alice, entry_id=new_id(), draft=a_draft(**values))
    assert list(caught.value.errors) == [field]
    assert entries_of(alice) == []
    check_adds_up(alice)
