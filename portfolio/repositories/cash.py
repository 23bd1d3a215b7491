"""Balances and ledger rows as items of the Portfolios table."""

from datetime import UTC, date, datetime, timedelta

from core import clock, ids
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query
from portfolio.domain.cash import Balance, DaySums, EntryType, LedgerEntry
from portfolio.tables import PORTFOLIOS

BALANCE = "BALANCE"
LEDGER = "TRANS#"
AFTER_LEDGER = "TRANS$"
"""Sorts just behind every ledger row."""
TIME_IN_ID = 13
"""Characters of an id that are its time."""


def balance_address(username: str) -> Get:
    """Where the balance of this user is."""
    return Get(PORTFOLIOS, {"username": username, "entry": BALANCE})


def entry_address(username: str, ledger_id: str) -> Get:
    """Where one ledger row of this user is."""
    return Get(PORTFOLIOS, {"username": username, "entry": LEDGER + ledger_id})


def balance_put(balance: Balance, at: datetime) -> Put:
    """Write the balance if it is as it was read, so that what was decided on it (enough available) is still true."""
    unchanged = Attr("version").eq(balance.version) if balance.version else Attr("version").not_exists()
    return Put(
        PORTFOLIOS,
        {
            "username": balance.username,
            "entry": BALANCE,
            "available": balance.available,
            "held": balance.held,
            "current_balance": balance.current_balance,
            "total_deposits": balance.total_deposits,
            "total_withdrawals": balance.total_withdrawals,
            "total_adjustments": balance.total_adjustments,
            "limits_day": balance.day_sums.day.isoformat(),
            "deposited_on_day": balance.day_sums.deposited,
            "withdrawn_on_day": balance.day_sums.withdrawn,
            "last_entry_at": clock.to_text(balance.last_entry_at),
            "version": balance.version + 1,
            "created_at": clock.to_text(balance.created_at),
            "updated_at": clock.to_text(at),
        },
        condition=unchanged,
        label="balance",
    )


def balance_from_item(item: Item) -> Balance:
    """The balance that a row holds."""
    return Balance(
        username=item["username"],
        available=item["available"],
        held=item["held"],
        total_deposits=item["total_deposits"],
        total_withdrawals=item["total_withdrawals"],
        total_adjustments=item["total_adjustments"],
        day_sums=DaySums(date.fromisoformat(item["limits_day"]), item["deposited_on_day"], item["withdrawn_on_day"]),
        last_entry_at=clock.from_text(item["last_entry_at"]),
        version=int(item["version"]),
        created_at=clock.from_text(item["created_at"]),
    )


def entry_put(entry: LedgerEntry) -> Put:
    """Write a ledger row, never over another."""
    item: Item = {
        "username": entry.username,
        "entry": LEDGER + entry.ledger_id,
        "transaction_id": entry.ledger_id,
        "transaction_type": entry.transaction_type.value,
        "amount": entry.amount,
        "previous_balance": entry.previous_balance,
        "new_balance": entry.new_balance,
        "status": entry.status,
        "effective_at": clock.to_text(entry.effective_at),
        "created_at": clock.to_text(entry.created_at),
    }
    if entry.description:
        item["description"] = entry.description
    if entry.order_id:
        item["order_id"] = entry.order_id
    return Put(PORTFOLIOS, item, condition=Attr("entry").not_exists(), label="ledger")


def entry_from_item(item: Item) -> LedgerEntry:
    """The movement that a row holds."""
    return LedgerEntry(
        username=item["username"],
        ledger_id=item["transaction_id"],
        transaction_type=EntryType(item["transaction_type"]),
        amount=item["amount"],
        previous_balance=item["previous_balance"],
        new_balance=item["new_balance"],
        description=item.get("description", ""),
        order_id=item.get("order_id"),
        effective_at=clock.from_text(item["effective_at"]),
        created_at=clock.from_text(item["created_at"]),
        status=item["status"],
    )


def ledger_query(
    username: str, *, kind: EntryType | None = None, since: date | None = None, until: date | None = None
) -> Query:
    """Ledger rows, newest first, booked from the start of one UTC day to the end of another."""
    lowest = LEDGER if since is None else LEDGER + _first_id(since)
    highest = AFTER_LEDGER if until is None else LEDGER + _first_id(until + timedelta(days=1))
    return Query(
        PORTFOLIOS,
        KeyCondition("username").eq(username) & KeyCondition("entry").between(lowest, highest),
        filter=None if kind is None else Attr("transaction_type").eq(kind.value),
        descending=True,
        consistent=True,
    )


def _first_id(day: date) -> str:
    """Text that sorts before every id of this UTC day and behind those of the days before."""
    start = max(datetime(day.year, day.month, day.day, tzinfo=UTC), clock.EPOCH)
    return ids.derived_id(start)[:TIME_IN_ID]
