"""Adding, changing and measuring entries, and previewing one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from carbon.data.factors import newest_factors
from carbon.domain.activity import chosen, newest, unknown_activity
from carbon.domain.emission import checked_occupancy, emitted
from carbon.domain.entry import Entry, EntryDraft
from carbon.domain.factor import Factor
from carbon.domain.units import ratio, unit_named, unknown_unit
from carbon.repositories.factors import Current, current_address, current_from_item
from carbon.selectors import could_be_an_id
from carbon.services.booking import commit_changes, stored
from carbon.services.snapshot import Snapshot, snapshot_of
from core import clock, ids, outbox
from core.accounts.domain import User
from core.errors import NotFound
from core.reading import row
from core.replay import check_same, check_unchanged
from core.retry import optimistic
from core.storage import Write, journey


@dataclass(frozen=True, slots=True)
class Preview:
    """kg CO2e as the entry would keep them, and the factor that it would have; see `Entry`."""

    kg: Decimal
    kg_with_fuel_supply: Decimal | None
    factor: Factor


def entry_add(user: User, *, entry_id: str, draft: EntryDraft, also: Sequence[Write] = ()) -> Entry:
    """Add an entry with the newest factor, in one read and one write.

    A repeated entry_id with the same draft returns the stored entry. Raises InvalidInput, which names the near ones of
    an unknown activity or unit; Refused `idempotency_mismatch`; NotFound where the account is closed; StoreUnavailable.
    """
    ids.check_id(entry_id, "entry_id")
    draft = _checked(draft)
    with journey("carbon_entry_add"):
        entry = optimistic(lambda: _add(user, entry_id, draft, also))
    outbox.nudge(user.username)
    return entry


def entry_change(user: User, entry_id: str, draft: EntryDraft, *, version: int | None = None) -> Entry:
    """Have an entry say what the draft says, moving it between days, months and categories as that asks.

    It keeps its factor while the activity stays, the unit measures the same, and the draft names no other region;
    else it takes the present one. It keeps its day while its time stays. An estimate that is changed becomes a
    measured entry. version: the one that the user saw. Raises InvalidInput; NotFound; Refused `changed_meanwhile`
    where the entry has another version by now; StoreUnavailable.
    """
    if not could_be_an_id(entry_id):
        raise NotFound("This entry")
    draft = _checked(draft)
    with journey("carbon_entry_change"):
        entry = optimistic(lambda: _change(user, entry_id, draft, version))
    outbox.nudge(user.username)
    return entry


def expense_measure(user: User, expense_id: str, draft: EntryDraft, *, version: int | None = None) -> Entry:
    """Put what was measured in the place of the expense's estimate, so that it counts once.

    The entry carries the expense's id; a measured one that is there is changed. The caller has seen that the expense
    is this user's. version: that of the entry that the user saw. Raises InvalidInput; NotFound where the account is
    closed; Refused `changed_meanwhile` where the entry has another version by now; StoreUnavailable.
    """
    ids.check_id(expense_id, "expense_id")
    draft = _checked(draft)
    with journey("carbon_expense_measure"):
        entry = optimistic(lambda: _measure(user, expense_id, draft, version))
    outbox.nudge(user.username)
    return entry


def entry_preview(user: User, draft: EntryDraft, before: Entry | None = None) -> Preview:
    """What this draft would come to: as a new entry, or as a change of the one before, which may keep its factor.

    One request, nothing written. Raises InvalidInput as adding or changing it would.
    """
    draft = _checked(draft)
    if before is None or draft.timestamp != before.timestamp:
        is_expense = before is not None and before.expense_id is not None
        draft.check_day(user.zone, clock.now(), is_expense=is_expense)
    added = current_from_item(draft.activity, row(current_address(draft.activity)))
    factor = _factor_of(user, draft, added, before)
    kg, kg_with_fuel_supply = _emitted(draft, factor)
    return Preview(kg, kg_with_fuel_supply, factor)


def _checked(draft: EntryDraft) -> EntryDraft:
    draft = draft.normal()
    draft.check(known=newest_factors(), now=clock.now())
    return draft


def _add(user: User, entry_id: str, draft: EntryDraft, also: Sequence[Write]) -> Entry:
    snapshot = _snapshot(user, entry_id, draft)
    if snapshot.entry is not None:
        check_same(entry_id=(draft.digest(), snapshot.entry.digest))
        return snapshot.entry
    ids.check_fresh(entry_id, "entry_id")
    now = clock.now()
    draft.check_day(user.zone, now)
    entry = _new(user, entry_id, draft, snapshot.added, now)
    commit_changes(user.username, [(None, entry)], now, totals=snapshot.totals, also=also)
    return stored(entry)


def _change(user: User, entry_id: str, draft: EntryDraft, version: int | None) -> Entry:
    snapshot = _snapshot(user, entry_id, draft)
    if snapshot.entry is None:
        raise NotFound("This entry")
    return _replaced(user, snapshot.entry, draft, snapshot, version)


def _measure(user: User, expense_id: str, draft: EntryDraft, version: int | None) -> Entry:
    snapshot = _snapshot(user, expense_id, draft)
    if snapshot.entry is not None:
        return _replaced(user, snapshot.entry, draft, snapshot, version)
    now = clock.now()
    draft.check_day(user.zone, now, is_expense=True)
    entry = replace(_new(user, expense_id, draft, snapshot.added, now), expense_id=expense_id)
    commit_changes(user.username, [(None, entry)], now, totals=snapshot.totals)
    return stored(entry)


def _snapshot(user: User, entry_id: str, draft: EntryDraft) -> Snapshot:
    return snapshot_of(user.username, entry_id, draft.activity, draft.day_in(user.zone))


def _new(user: User, entry_id: str, draft: EntryDraft, added: Current, at: datetime) -> Entry:
    """A new entry of this draft, with the newest factor."""
    return Entry(
        username=user.username,
        entry_id=entry_id,
        day=draft.day_in(user.zone),
        **_measured(draft, _factor_of(user, draft, added)),
        created_at=at,
        updated_at=at,
        digest=draft.digest(),
    )


def _replaced(user: User, before: Entry, draft: EntryDraft, snapshot: Snapshot, version: int | None) -> Entry:
    """The entry as the draft says, written in one transaction with its sums; see `entry_change`."""
    now, zone = clock.now(), user.zone
    keeps_time = draft.timestamp == before.timestamp
    if not keeps_time:
        draft.check_day(zone, now, is_expense=before.expense_id is not None)
    after = replace(
        before,
        day=before.day if keeps_time else draft.day_in(zone),
        **_measured(draft, _factor_of(user, draft, snapshot.added, before)),
        is_estimate=False,
    )
    if after == before:
        return before
    check_unchanged(version, before.version, "This entry")
    after = replace(after, updated_at=now)
    commit_changes(before.username, [(before, after)], now, totals=snapshot.totals)
    return stored(after)


def _measured(draft: EntryDraft, factor: Factor) -> dict[str, Any]:
    """What an entry has from its draft and factor, by its fields."""
    kg, kg_with_fuel_supply = _emitted(draft, factor)
    return {
        "timestamp": draft.timestamp,
        "category": factor.category,
        "activity": draft.activity,
        "amount": draft.amount,
        "unit": _unit_name(draft.unit),
        "occupancy": draft.occupancy,
        "description": draft.description,
        "kg": kg,
        "kg_with_fuel_supply": kg_with_fuel_supply,
        "factor": factor,
    }


def _factor_of(user: User, draft: EntryDraft, added: Current, before: Entry | None = None) -> Factor:
    """The factor that an entry of this draft takes now, or keeps, see `entry_change`. Raises InvalidInput."""
    if before is not None and _keeps_factor(before, draft):
        return before.factor
    known = newest([*(each for each in newest_factors() if each.activity == draft.activity), *added.factors])
    if not known:
        raise unknown_activity(draft.activity, newest_factors())
    factor, _ = chosen(draft.activity, known, unit=draft.unit, region=draft.region, country=user.country)
    return factor


def _keeps_factor(before: Entry, draft: EntryDraft) -> bool:
    unit = unit_named(draft.unit)
    return (
        not before.is_estimate
        and draft.activity == before.activity
        and draft.region in ("", before.region)
        and unit is not None
        and ratio(unit, before.factor.unit) is not None
    )


def _emitted(draft: EntryDraft, factor: Factor) -> tuple[Decimal, Decimal | None]:
    return emitted(factor, draft.amount, draft.unit, checked_occupancy(draft.occupancy, factor))


def _unit_name(text: str) -> str:
    unit = unit_named(text)
    if unit is None:
        raise unknown_unit(text, ())
    return unit.name
