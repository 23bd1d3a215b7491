"""What a decision about an entry is made on, read consistently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from carbon.domain.entry import Entry
from carbon.domain.totals import PeriodTotals, periods_of
from carbon.repositories import entries
from carbon.repositories.factors import Current, current_address, current_from_item
from carbon.repositories.totals import totals_address, totals_from_item
from core.storage import Get, Item, store

Totals = Mapping[str, PeriodTotals]
"""Sums by the name of their period."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An entry (None: there is none), the sums of a day and its month, and the factors that staff added."""

    entry: Entry | None
    totals: Totals
    added: Current


def snapshot_of(username: str, entry_id: str, activity: str, day: date) -> Snapshot:
    """The entry of this id, the sums of the day and its month, and the added factors of an activity; 1 request."""
    periods = periods_of(day)
    entry, added, *sums = store().batch_get(
        [entries.entry_address(username, entry_id), current_address(activity), *totals_addresses(username, periods)],
        consistent=True,
    )
    return Snapshot(
        entry=None if entry is None else entries.entry_from_item(entry),
        totals=totals_from_items(periods, sums),
        added=current_from_item(activity, added),
    )


def totals_addresses(username: str, periods: Iterable[str]) -> list[Get]:
    """Where the sums of these periods are."""
    return [totals_address(username, period) for period in periods]


def totals_from_items(periods: Iterable[str], items: Iterable[Item | None]) -> Totals:
    """The sums read from there, in the same order."""
    return {period: totals_from_item(period, item) for period, item in zip(periods, items, strict=True)}


def with_missing(username: str, totals: Totals, days: Iterable[date]) -> Totals:
    """The sums, and those of the periods of these days that are not among them; one request if there are any."""
    missing = [period for period in dict.fromkeys(p for day in days for p in periods_of(day)) if period not in totals]
    if not missing:
        return totals
    items = store().batch_get(totals_addresses(username, missing), consistent=True)
    return {**totals, **totals_from_items(missing, items)}
