"""Paying money in and taking it out, and what a new account starts with."""

from collections.abc import Sequence
from datetime import UTC
from decimal import Decimal

from django.conf import settings

from core import clock, ids, money
from core.accounts.domain import User
from core.commit import commit
from core.reading import one
from core.replay import check_same
from core.retry import optimistic
from core.storage import Write, journey, store
from portfolio.domain.cash import EntryType, LedgerEntry, opened
from portfolio.domain.movements import MovementDraft
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


def deposit(user: User, *, client_id: str, draft: MovementDraft, also: Sequence[Write] = ()) -> LedgerEntry:
    """Pay money in; on a practice account at most DEPOSIT_DAILY_LIMIT a UTC day.

    A repeated client_id returns the ledger row of the first time. The row's own id is made when it is booked, so that
    ledger rows sort in the order in which they moved the balance.
    Raises InvalidInput; Refused with daily_limit or idempotency_mismatch; NotFound where the account is closed;
    StoreUnavailable.
    """
    return _move(user, EntryType.DEPOSIT, client_id, draft, settings.DEPOSIT_DAILY_LIMIT, also)


def withdraw(user: User, *, client_id: str, draft: MovementDraft, also: Sequence[Write] = ()) -> LedgerEntry:
    """Take money out, at most what is available; on a practice account at most WITHDRAWAL_DAILY_LIMIT a UTC day.

    Ids and errors as for `deposit`, and Refused `insufficient_funds`.
    """
    return _move(user, EntryType.WITHDRAW, client_id, draft, settings.WITHDRAWAL_DAILY_LIMIT, also)


def _move(
    user: User, kind: EntryType, client_id: str, draft: MovementDraft, daily: Decimal, also: Sequence[Write]
) -> LedgerEntry:
    draft = draft.normal()
    draft.check()
    ids.check_id(client_id, "transaction_id")
    limit = daily if user.account == "practice" else None
    with journey(kind.value.lower()):
        return optimistic(lambda: _book(user.username, kind, client_id, draft, limit, also))


def _book(
    username: str,
    kind: EntryType,
    client_id: str,
    draft: MovementDraft,
    limit: Decimal | None,
    also: Sequence[Write],
) -> LedgerEntry:
    now = clock.now()
    change = draft.amount if kind is EntryType.DEPOSIT else -draft.amount
    stored, claim = store().batch_get(
        [rows.balance_address(username), claim_address(username, "cash", client_id)], consistent=True
    )
    if claim:
        entry = _claimed(username, reference_of(claim))
        check_same(
            transaction_type=(kind, entry.transaction_type),
            amount=(change, entry.change),
            description=(draft.description, entry.description),
        )
        return entry
    ids.check_fresh(client_id, "transaction_id")
    balance = balance_of_open_account(rows.balance_from_item(stored) if stored else None)
    balance, entry = balance.booked(kind, change, at=now, source_id=client_id, description=draft.description)
    balance = balance.counted(kind, draft.amount, now.astimezone(UTC).date(), limit)
    commit(
        [
            rows.balance_put(balance, now),
            rows.entry_put(entry),
            claim_put(username, "cash", client_id, reference=entry.ledger_id, at=now),
        ],
        also,
    )
    return entry


def _claimed(username: str, ledger_id: str) -> LedgerEntry:
    entry = one(rows.entry_address(username, ledger_id), rows.entry_from_item)
    assert entry is not None
    return entry
