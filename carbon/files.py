"""Entries as lines of a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carbon.domain.entry import Entry
from core import clock, money
from core.downloads import csv_text, guarded

COLUMNS = (
    "entry_id",
    "timestamp",
    "day",
    "category",
    "activity",
    "amount",
    "unit",
    "occupancy",
    "description",
    "kg_co2e",
    "kg_co2e_with_fuel_supply",
    "is_estimate",
    "expense_id",
    "factor_id",
    "factor_value",
    "factor_unit",
    "factor_source",
    "factor_year",
    "factor_region",
    "factor_licence",
)


def entries_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """One line for each entry, the figures exactly as they are kept."""
    return csv_text(COLUMNS, (_line(each) for each in entries))


def _line(entry: Entry) -> list[str]:
    factor = entry.factor
    with_fuel_supply = entry.kg_with_fuel_supply
    return [
        entry.entry_id,
        clock.to_text(entry.timestamp),
        entry.day.isoformat(),
        entry.category,
        guarded(entry.activity),
        money.plain(entry.amount),
        guarded(entry.unit),
        str(entry.occupancy),
        guarded(entry.description),
        money.plain(entry.kg),
        "" if with_fuel_supply is None else money.plain(with_fuel_supply),
        "true" if entry.is_estimate else "false",
        entry.expense_id or "",
        guarded(factor.factor_id),
        money.plain(factor.kg_direct),
        factor.unit,
        guarded(factor.source),
        str(factor.year),
        factor.region,
        guarded(factor.licence),
    ]
