"""Entries, the factors that they rest on, and the sums that they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from carbon.domain.emission import emitted
from carbon.domain.entry import Entry
from carbon.domain.totals import CategoryTotal, contribution, periods_of
from carbon.reconciling.rows import about_entry, entries_of, totals_of
from carbon.repositories.entries import entry_item
from carbon.tables import CARBON_ENTRIES
from core.reconciling.rules import Account, Disagreement, compared

FARTHEST_ZONE = timedelta(hours=14)
"""By how much local time differs from UTC at most."""
KEYS = ("timestamp", "user_category")


def entries_follow_from_factors(account: Account) -> Iterable[Disagreement]:
    """Every entry emits what its factor says for its amount, in its factor's category, and its indexes find it there.

    Its day is that of its time in some zone. An estimate has the id of its expense.
    """
    items = {item["entry_id"]: item for item in account.of(CARBON_ENTRIES)}
    for entry in entries_of(account):
        yield from _emission(entry)
        if not entry.is_estimate and entry.category != entry.factor.category:
            yield about_entry(entry, f"category is {entry.category}, its factor's is {entry.factor.category}")
        days = {(entry.timestamp + shift).date() for shift in (-FARTHEST_ZONE, FARTHEST_ZONE)}
        if not min(days) <= entry.day <= max(days):
            yield about_entry(entry, f"day is {entry.day}, its time is {entry.timestamp}")
        if entry.is_estimate and entry.expense_id != entry.entry_id:
            yield about_entry(entry, f"it is an estimate, and expense_id is {entry.expense_id}")
        wanted = entry_item(entry)
        for name in KEYS:
            if items[entry.entry_id][name] != wanted[name]:
                yield about_entry(entry, f"{name} is {items[entry.entry_id][name]}, the rest says {wanted[name]}")


def footprint_totals_are_sums_of_entries(account: Account) -> Iterable[Disagreement]:
    """The sums of every day and month are those of the entries that count there, by category."""
    sums: defaultdict[str, defaultdict[str, CategoryTotal]] = defaultdict(lambda: defaultdict(CategoryTotal))
    for entry in entries_of(account):
        for period in periods_of(entry.day):
            sums[period][entry.category] += contribution(entry)
    stored = totals_of(account)
    for period in sorted({*sums, *stored}):
        said: Mapping[str, CategoryTotal] = stored[period].categories if period in stored else {}
        found: Mapping[str, CategoryTotal] = sums.get(period, {})
        for category in sorted({*said, *found}):
            yield from _difference(
                account.username, period, category, said.get(category, CategoryTotal()), found.get(category)
            )


def _difference(
    username: str, period: str, category: str, said: CategoryTotal, found: CategoryTotal | None
) -> Iterable[Disagreement]:
    added = found or CategoryTotal()
    for name in ("kg", "count", "estimated_kg", "estimated_count"):
        yield from compared(
            username,
            f"CarbonTotals {period}",
            f"{name} of {category}",
            getattr(said, name),
            "its entries add up to",
            getattr(added, name),
        )


def _emission(entry: Entry) -> Iterable[Disagreement]:
    if entry.is_estimate:
        return
    kg, kg_with_fuel_supply = emitted(entry.factor, entry.amount, entry.unit, entry.occupancy)
    if (entry.kg, entry.kg_with_fuel_supply) != (kg, kg_with_fuel_supply):
        detail = f"kg_co2e is {entry.kg} ({entry.kg_with_fuel_supply}), its factor says {kg} ({kg_with_fuel_supply})"
        yield about_entry(entry, detail)
