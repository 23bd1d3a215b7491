"""From what a user says to an entry: checked words, the factor, the day, the kilograms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from carbon.data.factors import factors
from carbon.domain.choosing import activity_named, chosen, could_be_an_activity, newest, unknown_activity
from carbon.domain.emission import checked_amount, checked_occupancy, emitted
from carbon.domain.entry import Entry, EntryDraft
from carbon.domain.factor import WORLD, Factor
from carbon.domain.periods import day_of, zone_of
from carbon.domain.units import ratio, unit_named, unknown_unit
from carbon.events import entry_changed
from carbon.repositories import entries as rows
from carbon.repositories.factors import Current, current_from_item, current_get
from carbon.services import steps, summing
from carbon.services.summing import Totals
from core import clock, money
from core.accounts.domain import User
from core.commit import commit
from core.errors import InvalidInput
from core.events import event_put
from core.replay import check_unchanged
from core.storage import Write, store

T = TypeVar("T")

AHEAD = timedelta(days=366)
"""How far ahead of now an expense may lie, and with it what is measured in its place."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A draft whose words are checked, with the zone and country of its user, and its fingerprint."""

    draft: EntryDraft
    zone: ZoneInfo
    country: str

    @property
    def day(self) -> date:
        """The user's day of it."""
        return day_of(self.draft.timestamp, self.zone)

    @property
    def digest(self) -> str:
        """A fingerprint of what the user said."""
        draft = self.draft
        said = clock.to_text(draft.timestamp), draft.activity, money.plain(draft.amount), draft.unit
        return steps.digest_of(*said, draft.description, draft.occupancy, draft.region)

    def check_time(self, now: datetime, *, is_expense: bool = False) -> None:
        """Raises InvalidInput when it lies behind the user's today; that of an expense may lie a year ahead."""
        if self.day > day_of(now, self.zone) and not (is_expense and self.draft.timestamp <= now + AHEAD):
            raise InvalidInput({"timestamp": ["This day has not come yet. Give one up to today."]})


def wish_of(user: User, draft: EntryDraft) -> Wish:
    """The draft with its words checked and in their normal form. Raises InvalidInput with all that is wrong."""
    errors: dict[str, list[str]] = {}

    def checked(check: Callable[[], T], otherwise: T) -> T:
        try:
            return check()
        except InvalidInput as error:
            errors.update(error.errors)
            return otherwise

    normal = EntryDraft(
        timestamp=checked(lambda: _checked_moment(draft.timestamp), draft.timestamp),
        activity=checked(lambda: _checked_activity(draft.activity), ""),
        amount=checked(lambda: checked_amount(draft.amount), Decimal(1)),
        unit=draft.unit,
        description=checked(lambda: steps.checked_description(draft.description), ""),
        occupancy=draft.occupancy,
        region=_region(draft.region),
    )
    if errors:
        raise InvalidInput(errors)
    return Wish(normal, zone_of(user), user.country)


def situation_of(username: str, entry_id: str, wish: Wish) -> tuple[Entry | None, Totals, Current]:
    """The entry of this id if there is one, the sums that the wish counts in, and the factors that staff added.

    One request.
    """
    periods = summing.periods_of(wish.day)
    activity = wish.draft.activity
    entry, added, *sums = store().batch_get(
        [rows.entry_get(username, entry_id), current_get(activity), *summing.gets(username, periods)], consistent=True
    )
    return (
        None if entry is None else rows.from_item(entry),
        summing.from_items(periods, sums),
        current_from_item(activity, added),
    )


def entry_of(username: str, entry_id: str, wish: Wish, added: Current, *, at: datetime) -> Entry:
    """A new entry of what is wished, with the newest factor. Raises InvalidInput."""
    draft = wish.draft
    factor = factor_of(wish, added)
    kg, kg_with_fuel_supply = emitted(factor, draft.amount, draft.unit, checked_occupancy(draft.occupancy, factor))
    return Entry(
        username=username,
        entry_id=entry_id,
        timestamp=draft.timestamp,
        day=wish.day,
        category=factor.category,
        activity=draft.activity,
        amount=draft.amount,
        unit=_unit_name(draft.unit),
        occupancy=draft.occupancy,
        description=draft.description,
        kg=kg,
        kg_with_fuel_supply=kg_with_fuel_supply,
        factor=factor,
        created_at=at,
        updated_at=at,
        digest=wish.digest,
    )


def replaced(before: Entry, wish: Wish, totals: Totals, added: Current, version: int | None) -> Entry:
    """Have the entry be what is wished, in one transaction with its sums, and return it; see `entry_change`.

    version: the one that the user saw. Raises InvalidInput, NotFound where the account is closed, Refused
    `changed_meanwhile`, LostRace.
    """
    draft, now = wish.draft, clock.now()
    if draft.timestamp != before.timestamp:
        wish.check_time(now, is_expense=before.expense_id is not None)
    factor = before.factor if keeps_factor(before, wish) else factor_of(wish, added)
    kg, kg_with_fuel_supply = emitted(factor, draft.amount, draft.unit, checked_occupancy(draft.occupancy, factor))
    after = replace(
        before,
        timestamp=draft.timestamp,
        day=before.day if draft.timestamp == before.timestamp else wish.day,
        category=factor.category,
        activity=draft.activity,
        amount=draft.amount,
        unit=_unit_name(draft.unit),
        occupancy=draft.occupancy,
        description=draft.description,
        kg=kg,
        kg_with_fuel_supply=kg_with_fuel_supply,
        factor=factor,
        is_estimate=False,
    )
    if after == before:
        return before
    check_unchanged(version, before.version, "This entry")
    after = replace(after, updated_at=now)
    totals = summing.with_missing(before.username, totals, (before.day, after.day))
    writes: list[Write] = [
        rows.entry_put(after, before),
        *summing.writes(before.username, totals, before, after, now),
        event_put(entry_changed(before.username, before.entry_id, before.expense_id)),
    ]
    commit(writes)
    return stored(after)


def stored(entry: Entry) -> Entry:
    """The entry as it is after its write."""
    return replace(entry, version=entry.version + 1)


def factor_of(wish: Wish, added: Current) -> Factor:
    """The factor that an entry of this wish takes now. Raises InvalidInput."""
    draft = wish.draft
    own = [each for each in factors() if each.activity == draft.activity]
    known = newest([*own, *added.factors])
    if not known:
        raise unknown_activity(draft.activity, newest(factors()))
    factor, _ = chosen(draft.activity, known, unit=draft.unit, region=draft.region, country=wish.country)
    return factor


def keeps_factor(before: Entry, wish: Wish) -> bool:
    """Whether an entry that is changed to this wish keeps its factor; see `entry_change`."""
    draft, unit = wish.draft, unit_named(wish.draft.unit)
    return (
        not before.is_estimate
        and draft.activity == before.activity
        and draft.region in ("", before.region)
        and unit is not None
        and ratio(unit, before.factor.unit) is not None
    )


def _checked_moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise InvalidInput({"timestamp": ["Give a time with its zone."]})
    if moment < clock.EPOCH:
        raise InvalidInput({"timestamp": ["Give a time after 1 January 1970."]})
    if moment > clock.now() + AHEAD:
        raise InvalidInput({"timestamp": ["This time lies too far ahead. Give one up to today."]})
    return clock.whole_milliseconds(moment)


def _checked_activity(text: str) -> str:
    name = activity_named(text)
    if not could_be_an_activity(name):
        raise unknown_activity(text, newest(factors()))
    return name


def _region(text: str) -> str:
    text = text.strip()
    return text.lower() if text.lower() == WORLD else text.upper()


def _unit_name(text: str) -> str:
    unit = unit_named(text)
    if unit is None:
        raise unknown_unit(text, ())
    return unit.name
