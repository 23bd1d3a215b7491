"""The ledger and the balance that it adds up to."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from core.money import ZERO
from core.reconciling.rules import Account, Disagreement, compared
from portfolio.domain.cash import EntryType, LedgerEntry
from portfolio.reconciling.rows import BALANCE_ROW, about_balance, about_entry, balance_of, ledger_of
from portfolio.repositories.cash import BALANCE
from portfolio.tables import PORTFOLIOS

SIGNS = {
    EntryType.DEPOSIT: 1,
    EntryType.WITHDRAW: -1,
    EntryType.ORDER_PAYMENT: -1,
    EntryType.ORDER_SALE: 1,
    EntryType.ORDER_REFUND: 1,
    EntryType.ORDER_FEE: -1,
}
"""Which way each kind moves the cash; an adjustment goes either way."""


def ledger_chains(account: Account) -> Iterable[Disagreement]:
    """Ledger rows start at nothing, and each starts where the one before ended, later than it.

    Each moves its own amount, the way its kind says, and none leaves less than nothing.
    """
    entries = ledger_of(account)
    if entries and entries[0].previous_balance != ZERO:
        yield about_entry(entries[0], f"the first row starts at {entries[0].previous_balance}, not at 0")
    for before, entry in pairwise(entries):
        if entry.previous_balance != before.new_balance:
            yield about_entry(
                entry, f"starts at {entry.previous_balance}, the row before ended at {before.new_balance}"
            )
        if entry.created_at <= before.created_at:
            yield about_entry(entry, f"booked at {entry.created_at}, the row before at {before.created_at}")
    for entry in entries:
        yield from _of_one(entry)


def balance_is_sum_of_ledger(account: Account) -> Iterable[Disagreement]:
    """The cash is what the ledger adds up to, as are the sums of deposits, withdrawals and adjustments."""
    balance, entries = balance_of(account), ledger_of(account)
    if balance is None:
        if entries:
            yield about_balance(account, f"there is none, beside {len(entries)} ledger rows")
        return
    sums = _sums(entries)
    pairs = {
        "available + held": (balance.current_balance, sum(sums.values(), ZERO)),
        "total_deposits": (balance.total_deposits, sums[EntryType.DEPOSIT]),
        "total_withdrawals": (balance.total_withdrawals, -sums[EntryType.WITHDRAW]),
        "total_adjustments": (balance.total_adjustments, sums[EntryType.SYSTEM_ADJUSTMENT]),
    }
    for name, (said, found) in pairs.items():
        yield from compared(account.username, BALANCE_ROW, name, said, "the ledger adds up to", found)
    [item] = [item for item in account.of(PORTFOLIOS) if item["entry"] == BALANCE]
    said, found = item["current_balance"], balance.current_balance
    yield from compared(account.username, BALANCE_ROW, "current_balance", said, "available + held", found)
    if entries and entries[-1].created_at != balance.last_entry_at:
        detail = f"last_entry_at is {balance.last_entry_at}, the newest ledger row is of {entries[-1].created_at}"
        yield about_balance(account, detail)
    for name, amount in (("available", balance.available), ("held", balance.held)):
        if amount < 0:
            yield about_balance(account, f"{name} is {amount}")


def _sums(entries: Iterable[LedgerEntry]) -> dict[EntryType, Decimal]:
    sums = dict.fromkeys(EntryType, ZERO)
    for entry in entries:
        sums[entry.transaction_type] += entry.change
    return sums


def _of_one(entry: LedgerEntry) -> Iterable[Disagreement]:
    if abs(entry.change) != entry.amount:
        yield about_entry(entry, f"amount is {entry.amount}, the balance moved by {entry.change}")
    if entry.change * SIGNS.get(entry.transaction_type, 0) < 0:
        yield about_entry(entry, f"a {entry.transaction_type} moved the balance by {entry.change}")
    if entry.new_balance < 0:
        yield about_entry(entry, f"new_balance is {entry.new_balance}")
