"""Sums of days and months as items of the CarbonTotals table."""

from collections.abc import Iterable
from datetime import date, datetime

from carbon.domain.totals import CategoryTotal, PeriodTotals
from carbon.tables import CARBON_TOTALS
from core import clock
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query

AFTER_DAYS = "-99"
"""Behind a month, sorts behind the last of its days."""


def totals_address(username: str, period: str) -> Get:
    """Where the sums of a month or day are."""
    return Get(CARBON_TOTALS, {"username": username, "period": period})


def totals_put(username: str, totals: PeriodTotals, at: datetime) -> Put:
    """Write the sums if they are as they were read."""
    item: Item = {
        "username": username,
        "period": totals.period,
        "version": totals.version + 1,
        "updated_at": clock.to_text(at),
    }
    if totals.categories:
        item["categories"] = {name: _map_of(total) for name, total in totals.categories.items()}
    unchanged = Attr("version").eq(totals.version) if totals.version else Attr("version").not_exists()
    return Put(CARBON_TOTALS, item, condition=unchanged, label="totals")


def totals_from_item(period: str, item: Item | None) -> PeriodTotals:
    """The sums that a row holds; nothing where there is no row."""
    if item is None:
        return PeriodTotals(period)
    categories = {
        name: CategoryTotal(
            kg=kept["kg"],
            count=int(kept["count"]),
            estimated_kg=kept["estimated_kg"],
            estimated_count=int(kept["estimated_count"]),
        )
        for name, kept in item.get("categories", {}).items()
    }
    return PeriodTotals(period, categories, int(item["version"]))


def month_query(username: str, month: str) -> Query:
    """The sums of a month, and behind them those of its days."""
    return _between(username, month, month + AFTER_DAYS)


def days_query(username: str, first: date, last: date) -> Query:
    """The sums of the days from the first to the last, oldest first, with those of the months among them."""
    return _between(username, first.isoformat(), last.isoformat())


def months_query(username: str, first: str, last: str) -> Query:
    """The sums of the months from the first to the last, oldest first, with those of the days among them."""
    return _between(username, first, last)


def everything_query(username: str) -> Query:
    """All sums of a user, oldest first."""
    return Query(CARBON_TOTALS, KeyCondition("username").eq(username), consistent=True)


def sums_of(items: Iterable[Item]) -> list[PeriodTotals]:
    """The sums of rows, in their order; those without any entry are left out."""
    return [each for each in (totals_from_item(item["period"], item) for item in items) if each.categories]


def _between(username: str, lowest: str, highest: str) -> Query:
    where = KeyCondition("username").eq(username) & KeyCondition("period").between(lowest, highest)
    return Query(CARBON_TOTALS, where, consistent=True)


def _map_of(total: CategoryTotal) -> Item:
    return {
        "kg": total.kg,
        "count": total.count,
        "estimated_kg": total.estimated_kg,
        "estimated_count": total.estimated_count,
    }
