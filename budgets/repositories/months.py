"""Totals of months as `PERIOD#` rows of the Budgets table."""

from datetime import datetime

from budgets.domain.month import CategoryTotal, MonthTotals
from budgets.tables import BUDGETS
from core import clock
from core.periods import Month
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query

PERIOD = "PERIOD#"


def month_address(username: str, month: Month) -> Get:
    """Where the totals of one month of this user are."""
    return Get(BUDGETS, {"username": username, "entry": f"{PERIOD}{month}"})


def months_query(username: str, first: Month, last: Month) -> Query:
    """The totals of some months, oldest first, both ends included. Rows of other periods may be among them."""
    where = KeyCondition("username").eq(username) & KeyCondition("entry").between(f"{PERIOD}{first}", f"{PERIOD}{last}")
    return Query(BUDGETS, where, consistent=True)


def is_month(item: Item) -> bool:
    """Whether a row holds the totals of a month."""
    entry: str = item["entry"]
    try:
        Month.from_text(entry.removeprefix(PERIOD))
    except ValueError:
        return False
    return entry.startswith(PERIOD)


def month_put(totals: MonthTotals, at: datetime) -> Put:
    """Write the totals if nobody else has since they were read; fails (label `month`) otherwise."""
    unchanged = Attr("version").eq(totals.version) if totals.version else Attr("version").not_exists()
    return Put(
        BUDGETS,
        {
            "username": totals.username,
            "entry": f"{PERIOD}{totals.month}",
            "categories": {name: _total_item(total) for name, total in totals.categories.items()},
            "version": totals.version + 1,
            "updated_at": clock.to_text(at),
        },
        unchanged,
        "month",
    )


def month_from_item(item: Item) -> MonthTotals:
    """The totals that a row holds."""
    return MonthTotals(
        username=item["username"],
        month=Month.from_text(item["entry"].removeprefix(PERIOD)),
        categories={name: _total(total) for name, total in item["categories"].items()},
        version=int(item["version"]),
    )


def _total_item(total: CategoryTotal) -> Item:
    item: Item = {"spent": total.spent, "count": total.count}
    if total.judged_by is not None:
        item["judged_by"] = total.judged_by
    if total.notified:
        item["told"] = list(total.notified)
    if total.notified_exceeded:
        item["told_exceeded"] = True
    return item


def _total(item: Item) -> CategoryTotal:
    return CategoryTotal(
        spent=item["spent"],
        count=int(item["count"]),
        notified=tuple(int(threshold) for threshold in item.get("told", ())),
        notified_exceeded=item.get("told_exceeded", False),
        judged_by=item.get("judged_by"),
    )
