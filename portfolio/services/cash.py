"""Paying money in and taking it out, and what a new account starts with."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from django.conf import settings

from core import clock, ids, money
from core.accounts.domain import User
from core.commit import commit
from core.reading import one
from core.replay import check_same
from core.retry import optimistic
from core.storage import Write, journey, store
from portfolio.domain.cash import Balance, EntryType, LedgerEntry, opened
from portfolio.domain.input_checks import check_money, checked_description
from portfolio.repositories import cash as rows
from portfolio.repositories.claims import claim_address, claim_put, reference_of
from portfolio.services.snapshot import balance_of_open_account


def opening_writes(user: User) -> list[Write]:
    """The balance of a new account, for the transaction of its sign-up: 0, but for a practice account.

    That one starts with OPENING_BALANCE, booked as a SYSTEM_ADJUSTMENT so that the ledger adds up.
    """
    balance = opened(user.username, user.created_at)
    amount = money.to_cents(settings.OPENING_BALANCE)
    if user.account != "practice" or not amount:
        return [rows.balance_put(balance, user.created_at)]
    balance, entry = balance.booked(
        EntryType.SYSTEM_ADJUSTMENT,
        amount,
        at=user.created_at,
        source_id=user.username,
        description="Opening balance of a practice account",
    )
    return [rows.balance_put(balance, user.created_at), rows.entry_put(entry)]


def deposit(
    user: User, *, amount: Decimal, transaction_id: str, description: str = "", also: Sequence[Write] = ()
) -> LedgerEntry:
    """Pay money in: above zero, whole cents; on a practice account at most DEPOSIT_DAILY_LIMIT a UTC day.

    transaction_id is the client's: repeated, it returns the row of the first time. The row's own id is made when it is
    booked, so that ledger rows sort in the order in which they moved the balance.
    Raises InvalidInput; Refused with daily_limit or idempotency_mismatch; NotFound where the account is closed;
    StoreUnavailable.
    """
    limit = settings.DEPOSIT_DAILY_LIMIT if user.account == "practice" else None

    def paid_in(balance: Balance, at: datetime) -> Balance:
        return balance.counted_deposit(amount, at.astimezone(UTC).date(), limit)

    check_money(amount, "amount")
    return _move(user, EntryType.DEPOSIT, amount, transaction_id, description, paid_in, also)


def withdraw(
    user: User, *, amount: Decimal, transaction_id: str, description: str = "", also: Sequence[Write] = ()
) -> LedgerEntry:
    """Take money out: above zero, whole cents, at most what is available; on a practice account at most
    WITHDRAWAL_DAILY_LIMIT a UTC day.

    Ids and errors as for `deposit`, and Refused `insufficient_funds`.
    """
    limit = settings.WITHDRAWAL_DAILY_LIMIT if user.account == "practice" else None

    def taken_out(balance: Balance, at: datetime) -> Balance:
        return balance.counted_withdrawal(amount, at.astimezone(UTC).date(), limit)

    check_money(amount, "amount")
    return _move(user, EntryType.WITHDRAW, -amount, transaction_id, description, taken_out, also)


def _move(
    user: User,
    kind: EntryType,
    change: Decimal,
    client_id: str,
    description: str,
    counted: Callable[[Balance, datetime], Balance],
    also: Sequence[Write],
) -> LedgerEntry:
    text = checked_description(description)
    ids.check_id(client_id, "transaction_id")
    with journey(kind.value.lower()):
        return optimistic(lambda: _book(user.username, kind, change, client_id, text, counted, also))


def _book(
    username: str,
    kind: EntryType,
    change: Decimal,
    client_id: str,
    description: str,
    counted: Callable[[Balance, datetime], Balance],
    also: Sequence[Write],
) -> LedgerEntry:
    now = clock.now()
    stored, claim = store().batch_get(
        [rows.balance_address(username), claim_address(username, "cash", client_id)], consistent=True
    )
    if claim:
        entry = _claimed(username, reference_of(claim))
        check_same(
            transaction_type=(kind, entry.transaction_type),
            amount=(change, entry.change),
            description=(description, entry.description),
        )
        return entry
    ids.check_fresh(client_id, "transaction_id")
    balance = balance_of_open_account(rows.balance_from_item(stored) if stored else None)
    balance, entry = balance.booked(kind, change, at=now, source_id=client_id, description=description)
    balance = counted(balance, now)
    commit(
        [
            rows.balance_put(balance, now),
            rows.entry_put(entry),
            claim_put(username, "cash", client_id, reference=entry.transaction_id, at=now),
        ],
        also,
    )
    return entry


def _claimed(username: str, transaction_id: str) -> LedgerEntry:
    entry = one(rows.entry_address(username, transaction_id), rows.entry_from_item)
    assert entry is not None
    return entry
