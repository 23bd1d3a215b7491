"""Adding, changing, deleting and restoring entries: each one transaction with its totals and its event."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from carbon import selectors, services
from carbon.repositories import totals
from carbon.selectors import EntryFilter
from carbon.tables import CARBON_FACTORS, TABLES
from core import clock
from core.accounts.services import account_erase
from core.accounts.tables import USERS
from core.errors import InvalidInput, NotFound, Refused
from core.ids import new_id
from core.periods import Month
from core.reading import every
from core.storage import Attr, Check, Delete, Put, Store, TransactionCancelled, measured, using
from tests.accounts.exports import exported_of
from tests.builders import a_user
from tests.carbon.builders import (
    a_draft,
    a_factor,
    a_goal,
    a_person,
    added,
    check_adds_up,
    days_ago,
    entries_of,
    events_of,
    factor_added,
    today_of,
)

pytestmark = pytest.mark.every_backend


def test_an_entry_is_kept_whole_with_its_factor() -> None:
    alice = a_person(country="GB")
    entry = added(alice, "car_petrol", "10", "mile", description=" To work ", occupancy=2)
    stored = selectors.entry_get("alice", entry.entry_id)
    assert stored == entry
    assert (stored.category, stored.unit, stored.description, stored.occupancy) == (
        "transportation",
        "mile",
        "To work",
        2,
    )
    assert (stored.factor.factor_id, stored.factor.kg_direct) == ("car_petrol/GB/vehicle_km/1", Decimal("0.16152"))
    assert (stored.version, stored.is_estimate, stored.expense_id) == (1, False, None)
    check_adds_up(alice)


def test_it_counts_in_its_day_and_month() -> None:
    alice = a_person()
    added(alice, on=date(2026, 10, 31))
    added(alice, "apples", "2", "kg", on=date(2026, 11, 1))
    added(alice, amount="50", on=date(2026, 11, 2))
    november = selectors.month_summary(alice, Month(2026, 11))
    assert [(each.first_day, each.total.kg) for each in november.days] == [
        (date(2026, 11, 1), Decimal("0.86")),
        (date(2026, 11, 2), Decimal("8.076")),
    ]
    assert {name: (each.kg, each.count) for name, each in november.totals.categories.items()} == {
        "food": (Decimal("0.86"), 1),
        "transportation": (Decimal("8.076"), 1),
    }
    assert (november.kg, november.budget_percent, november.left_kg) == (
        Decimal("8.936"),
        Decimal("1.7872"),
        Decimal("491.064"),
    )
    assert selectors.month_summary(alice, Month(2026, 10)).kg == Decimal("16.152")
    check_adds_up(alice)


def test_adding_is_one_read_and_one_write_of_five_items() -> None:
    alice = a_person()
    with measured() as usage:
        added(alice)
    assert usage.requests == 2


def test_an_event_tells_of_each_change() -> None:
    alice = a_person()
    entry = added(alice)
    services.entry_change(alice, entry.entry_id, a_draft(amount="50"))
    services.entry_restore(alice, services.entry_delete(alice, entry.entry_id))
    found = events_of(alice, "carbon.entry_changed")
    assert [event.payload for event in found] == [{"entry_id": entry.entry_id}] * 4


def test_the_same_id_with_the_same_wish_is_one_entry() -> None:
    alice, entry_id, draft = a_person(), new_id(), a_draft()
    first = services.entry_add(alice, entry_id=entry_id, draft=draft)
    assert services.entry_add(alice, entry_id=entry_id, draft=draft) == first
    services.entry_change(alice, entry_id, a_draft(amount="5"))
    assert services.entry_add(alice, entry_id=entry_id, draft=draft).amount == Decimal(5)
    check_adds_up(alice)


def test_a_change_moves_it_between_days_months_and_categories() -> None:
    alice = a_person(country="GB")
    entry = added(alice, on=date(2026, 10, 31))
    moved = services.entry_change(
        alice, entry.entry_id, a_draft("electricity", "10", "kwh", on=date(2026, 11, 1)), version=entry.version
    )
    assert (moved.category, moved.kg, moved.day, moved.version) == (
        "energy",
        Decimal("1.3096"),
        date(2026, 11, 1),
        2,
    )
    assert selectors.month_summary(alice, Month(2026, 10)).totals.categories == {}
    assert selectors.month_summary(alice, Month(2026, 11)).kg == Decimal("1.3096")
    check_adds_up(alice)


def test_a_change_of_nothing_writes_nothing() -> None:
    alice = a_person()
    at = clock.now()
    entry = added(alice, timestamp=at)
    assert services.entry_change(alice, entry.entry_id, a_draft(timestamp=at)) == entry
    assert len(events_of(alice)) == 1


def test_a_new_factor_rewrites_no_history() -> None:
    alice = a_person()
    at = clock.now()
    before = added(alice, timestamp=at)
    factor_added(a_factor(kg_direct=Decimal("0.5")))
    assert selectors.entry_get("alice", before.entry_id).kg == Decimal("16.152")
    assert added(alice).kg == Decimal(50)
    changed = services.entry_change(alice, before.entry_id, a_draft(amount="200", timestamp=at))
    assert (changed.kg, changed.factor) == (Decimal("32.304"), before.factor)


def test_another_activity_takes_the_present_factor_and_coming_back_too() -> None:
    alice = a_person()
    entry = added(alice)
    factor_added(a_factor(kg_direct=Decimal("0.5")))
    services.entry_change(alice, entry.entry_id, a_draft("car_diesel"))
    assert services.entry_change(alice, entry.entry_id, a_draft()).factor.version == 2


def test_a_move_to_another_country_leaves_the_electricity_of_before() -> None:
    alice = a_person(country="GB")
    entry = added(alice, "electricity", "100", "kwh")
    abroad = a_person(country="FR")
    kept = services.entry_change(abroad, entry.entry_id, a_draft("electricity", "200", "kwh"))
    assert (kept.region, kept.kg) == ("GB", Decimal("26.192"))
    chosen = services.entry_change(abroad, entry.entry_id, a_draft("electricity", "200", "kwh", region="FR"))
    assert (chosen.region, chosen.kg) == ("FR", Decimal("11.2078"))


def test_a_version_that_is_over_is_refused() -> None:
    alice = a_person()
    entry = added(alice)
    services.entry_change(alice, entry.entry_id, a_draft(amount="1"), version=1)
    with pytest.raises(Refused) as caught:
        services.entry_change(alice, entry.entry_id, a_draft(amount="2"), version=1)
    assert caught.value.code == "changed_meanwhile"
    assert selectors.entry_get("alice", entry.entry_id).amount == 1


def test_a_deleted_entry_comes_back_as_it_was() -> None:
    alice = a_person()
    entry = added(alice, description="To work")
    trashed = services.entry_delete(alice, entry.entry_id)
    assert entries_of(alice) == []
    check_adds_up(alice)
    assert [each.value.entry_id for each in selectors.entries_deleted("alice")] == [entry.entry_id]
    back = services.entry_restore(alice, trashed)
    assert (back.kg, back.description, back.day, back.factor) == (entry.kg, entry.description, entry.day, entry.factor)
    assert back.version > entry.version
    assert services.entry_restore(alice, trashed) == back
    assert selectors.entries_deleted("alice") == []
    check_adds_up(alice)


def test_nothing_is_restored_after_thirty_days() -> None:
    alice = a_person()
    entry = added(alice)
    trashed = services.entry_delete(alice, entry.entry_id)
    with time_machine.travel(clock.now() + timedelta(days=31)), pytest.raises(NotFound):
        services.entry_restore(alice, trashed)


def test_the_entry_of_another_user_is_not_found() -> None:
    alice, bob = a_person(), a_person("bob")
    entry = added(alice)
    for reach in (
        lambda: selectors.entry_get("bob", entry.entry_id),
        lambda: services.entry_change(bob, entry.entry_id, a_draft()),
        lambda: services.entry_delete(bob, entry.entry_id),
    ):
        with pytest.raises(NotFound):
            reach()
    trashed = services.entry_delete(alice, entry.entry_id)
    with pytest.raises(NotFound):
        services.entry_restore(bob, trashed)
    assert entries_of(bob) == []


def test_later_today_is_today() -> None:
    alice = a_person(time_zone="Pacific/Kiritimati")
    with time_machine.travel(datetime(2026, 11, 20, 10, 30, tzinfo=UTC), tick=False):
        entry = added(alice, timestamp=datetime(2026, 11, 21, 9, 59, tzinfo=UTC))
        assert entry.day == today_of(alice) == date(2026, 11, 21)
        with pytest.raises(InvalidInput):
            added(alice, timestamp=datetime(2026, 11, 21, 10, 0, tzinfo=UTC))


def test_a_day_is_of_the_users_zone_through_daylight_saving() -> None:
    alice = a_person(time_zone="Europe/Lisbon")
    # summer time ends on 25 October 2026 at 01:00 UTC
    moments = {
        datetime(2026, 10, 24, 22, 59, tzinfo=UTC): date(2026, 10, 24),
        datetime(2026, 10, 24, 23, 0, tzinfo=UTC): date(2026, 10, 25),
        datetime(2026, 10, 25, 23, 59, tzinfo=UTC): date(2026, 10, 25),
        datetime(2026, 10, 26, 0, 0, tzinfo=UTC): date(2026, 10, 26),
    }
    assert [added(alice, timestamp=moment).day for moment in moments] == list(moments.values())
    day = date(2026, 10, 25)
    listed = selectors.entries_newest(alice, 10, wanted=EntryFilter(since=day, until=day)).items
    assert [entry.timestamp.hour for entry in listed] == [23, 23]
    assert {entry.day for entry in listed} == {day}
    check_adds_up(alice)


def test_an_entry_keeps_its_day_while_its_user_moves() -> None:
    at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    entry = added(a_person(time_zone="UTC"), timestamp=at)
    moved = a_person(time_zone="Asia/Tokyo")
    changed = services.entry_change(moved, entry.entry_id, a_draft(amount="1", timestamp=at))
    assert changed.day == date(2026, 11, 20)
    later = services.entry_change(moved, entry.entry_id, a_draft(amount="1", timestamp=at + timedelta(seconds=1)))
    assert later.day == date(2026, 11, 21)
    check_adds_up(moved)


def test_the_callers_writes_join_the_transaction() -> None:
    alice, entry_id = a_person(), new_id()
    never = Check(USERS, {"username": "nobody"}, Attr("username").exists(), "nobody")
    with pytest.raises(TransactionCancelled):
        services.entry_add(alice, entry_id=entry_id, draft=a_draft(), also=[never])
    assert entries_of(alice) == []
    check_adds_up(alice)


def test_an_erased_account_gets_no_entry() -> None:
    alice = a_user()
    entry = added(alice, on=days_ago(1))
    trashed = services.entry_delete(alice, entry.entry_id)
    account_erase("alice")
    with pytest.raises(NotFound):
        added(alice)
    with pytest.raises(NotFound):
        services.entry_restore(alice, trashed)
    assert entries_of(alice) == []
    check_adds_up(alice)


def test_an_account_takes_all_of_its_footprint_along_and_leaves_none(store: Store) -> None:
    alice = a_user()
    added(alice)
    a_goal(alice)
    services.achievements_refresh("alice")
    exported = exported_of(alice).rows
    own = [table for table in TABLES if table is not CARBON_FACTORS]
    assert all(len(exported[table.name]) >= 1 for table in own)
    account_erase("alice")
    assert [list(store.dump(table)) for table in own] == [[]] * len(own)


class Overtaken(Store):
    """The same data as another store; something happens just before the first rows are deleted together."""

    def __init__(self, whole: Store, happens: Callable[[], object]) -> None:
        super().__init__(whole._backend)
        self._happens: Callable[[], object] | None = happens

    def batch_write(self, writes: Sequence[Put | Delete]) -> None:
        happens, self._happens = self._happens, None
        if happens is not None:
            happens()
        super().batch_write(writes)


def test_a_change_in_the_middle_of_a_closing_leaves_no_row(store: Store) -> None:
    alice = a_user()
    entry = added(alice, on=days_ago(1))
    versions = []

    def change() -> None:
        draft = a_draft(on=days_ago(40))
        versions.append(services.entry_change(alice, entry.entry_id, draft).version)

    with using(Overtaken(store, change)):
        account_erase("alice")
    assert versions == [entry.version + 1]
    assert list(every(totals.everything_query("alice"))) == []
    assert entries_of(alice) == []
