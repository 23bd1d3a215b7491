"""The totals that a change of entries moves: read with the entry, written in its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from carbon.domain.entry import Entry
from carbon.domain.periods import month_of
from carbon.domain.totals import CategoryTotal, PeriodTotals
from carbon.repositories import totals as rows
from core.storage import Get, Item, Put, store

Totals = Mapping[str, PeriodTotals]
"""Sums by the name of their period."""


def periods_of(day: date) -> tuple[str, str]:
    """The periods in which an entry of this day counts."""
    return day.isoformat(), month_of(day)


def addresses(username: str, periods: Iterable[str]) -> list[Get]:
    """Where the sums of these periods are."""
    return [rows.totals_address(username, period) for period in periods]


def from_items(periods: Iterable[str], items: Iterable[Item | None]) -> dict[str, PeriodTotals]:
    """The sums read from there, in the same order."""
    return {period: rows.totals_from_item(period, item) for period, item in zip(periods, items, strict=True)}


def with_missing(username: str, totals: Totals, days: Iterable[date]) -> Totals:
    """The sums, and those of the periods of these days that are not among them; one request if there are any."""
    missing = [period for period in dict.fromkeys(p for day in days for p in periods_of(day)) if period not in totals]
    if not missing:
        return totals
    items = store().batch_get(addresses(username, missing), consistent=True)
    return {**totals, **from_items(missing, items)}


def writes(username: str, totals: Totals, before: Entry | None, after: Entry | None, at: datetime) -> list[Put]:
    """The writes that take one entry out of the sums and put another in; none for a period that stays as it is."""
    sums = dict(totals)
    if before is not None:
        _add(sums, before, -contribution(before))
    if after is not None:
        _add(sums, after, contribution(after))
    changed = [each for period, each in sums.items() if each.categories != totals[period].categories]
    return [rows.totals_put(username, each, at) for each in changed]


def contribution(entry: Entry) -> CategoryTotal:
    """What an entry adds to the sums."""
    if entry.is_estimate:
        return CategoryTotal(entry.kg, 1, entry.kg, 1)
    return CategoryTotal(entry.kg, 1)


def _add(sums: dict[str, PeriodTotals], entry: Entry, change: CategoryTotal) -> None:
    for period in periods_of(entry.day):
        sums[period] = sums[period].with_added(entry.category, change)
