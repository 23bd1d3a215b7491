"""Cash of one account: a balance that is never negative, and the ledger rows that add up to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core import clock, ids
from core.errors import Refused
from core.money import CENT, ZERO

STEP = timedelta(milliseconds=1)
LABELS = {
    "DEPOSIT": "Deposit",
    "WITHDRAW": "Withdrawal",
    "ORDER_PAYMENT": "Purchase",
    "ORDER_SALE": "Sale",
    "ORDER_REFUND": "Refund",
    "ORDER_FEE": "Fee",
    "SYSTEM_ADJUSTMENT": "Adjustment",
}


class EntryType(StrEnum):
    """Why cash moved."""

    DEPOSIT = "DEPOSIT"
    WITHDRAW = "WITHDRAW"
    ORDER_PAYMENT = "ORDER_PAYMENT"
    ORDER_SALE = "ORDER_SALE"
    ORDER_REFUND = "ORDER_REFUND"
    ORDER_FEE = "ORDER_FEE"
    SYSTEM_ADJUSTMENT = "SYSTEM_ADJUSTMENT"

    @property
    def label(self) -> str:
        """What people call it."""
        return LABELS[self]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One movement of cash; never changed once written.

    amount: how much moved, never negative. effective_at: the time it counts for, which is before created_at for a
    past trade. Ids and created_at rise strictly from row to row, so that each row starts where the one before ended.
    """

    username: str
    ledger_id: str
    transaction_type: EntryType
    amount: Decimal
    previous_balance: Decimal
    new_balance: Decimal
    description: str
    order_id: str | None
    effective_at: datetime
    created_at: datetime
    status: str = "COMPLETED"

    @property
    def change(self) -> Decimal:
        """The amount with its sign."""
        return self.new_balance - self.previous_balance


@dataclass(frozen=True, slots=True)
class DaySums:
    """What was paid in and out on one UTC day, for the daily limits of a practice account."""

    day: date
    deposited: Decimal = ZERO
    withdrawn: Decimal = ZERO

    def on(self, day: date) -> DaySums:
        """These sums if they are of that day, else that day's, from zero."""
        return self if self.day == day else DaySums(day)


@dataclass(frozen=True, slots=True)
class Balance:
    """The cash of one account. `version` counts the writes; 0 has never been written."""

    username: str
    available: Decimal
    held: Decimal
    total_deposits: Decimal
    total_withdrawals: Decimal
    total_adjustments: Decimal
    day_sums: DaySums
    last_entry_at: datetime
    version: int
    created_at: datetime

    @property
    def current_balance(self) -> Decimal:
        return self.available + self.held

    @property
    def net_deposits(self) -> Decimal:
        """What was put into the account: deposits less withdrawals, opening balance and adjustments included."""
        return self.total_deposits - self.total_withdrawals + self.total_adjustments

    def check_covers(self, payment: Decimal) -> None:
        """Raises Refused `insufficient_funds` when the payment exceeds what is available."""
        if payment > self.available:
            raise Refused(
                "insufficient_funds",
                f"This needs {payment:,.2f} and {self.available:,.2f} is available. Deposit more, or order less.",
            )

    def booked(
        self,
        kind: EntryType,
        change: Decimal,
        *,
        at: datetime,
        source_id: str,
        description: str,
        order_id: str | None = None,
        effective_at: datetime | None = None,
    ) -> tuple[Balance, LedgerEntry]:
        """The balance after this movement, and its ledger row.

        The row's time is `at`, or just after the row before if that is later; its id follows from that time, the kind
        and `source_id`, the client's id of what caused it. Raises Refused `insufficient_funds`.
        """
        self.check_covers(-change)
        created_at = max(clock.whole_milliseconds(at), self.last_entry_at + STEP)
        entry = LedgerEntry(
            username=self.username,
            ledger_id=ids.derived_id(created_at, self.username, source_id, kind),
            transaction_type=kind,
            amount=abs(change),
            previous_balance=self.current_balance,
            new_balance=self.current_balance + change,
            description=description,
            order_id=order_id,
            effective_at=created_at if effective_at is None else clock.whole_milliseconds(effective_at),
            created_at=created_at,
        )
        after = replace(self, available=self.available + change, last_entry_at=created_at)
        if kind is EntryType.DEPOSIT:
            after = replace(after, total_deposits=self.total_deposits + change)
        elif kind is EntryType.WITHDRAW:
            after = replace(after, total_withdrawals=self.total_withdrawals - change)
        elif kind is EntryType.SYSTEM_ADJUSTMENT:
            after = replace(after, total_adjustments=self.total_adjustments + change)
        return after, entry

    def counted(self, kind: EntryType, amount: Decimal, day: date, limit: Decimal | None) -> Balance:
        """The balance with this deposit or withdrawal counted against the day's limit (None: no limit).

        Raises Refused `daily_limit` with what is left of it.
        """
        sums = self.day_sums.on(day)
        if kind is EntryType.DEPOSIT:
            _check_limit("Deposits", sums.deposited, amount, limit)
            return replace(self, day_sums=replace(sums, deposited=sums.deposited + amount))
        _check_limit("Withdrawals", sums.withdrawn, amount, limit)
        return replace(self, day_sums=replace(sums, withdrawn=sums.withdrawn + amount))


def opened(username: str, at: datetime) -> Balance:
    """The balance of a new account: nothing yet."""
    at = clock.whole_milliseconds(at)
    return Balance(
        username=username,
        available=ZERO,
        held=ZERO,
        total_deposits=ZERO,
        total_withdrawals=ZERO,
        total_adjustments=ZERO,
        day_sums=DaySums(at.astimezone(UTC).date()),
        last_entry_at=at - STEP,
        version=0,
        created_at=at,
    )


def _check_limit(what: str, so_far: Decimal, amount: Decimal, limit: Decimal | None) -> None:
    if limit is None or so_far + amount <= limit:
        return
    left = max(limit - so_far, ZERO).quantize(CENT)
    raise Refused(
        "daily_limit",
        f"{what} of a practice account are limited to {limit:,.2f} a day; {left:,.2f} is left until midnight UTC.",
        field="amount",
    )
