"""What a new account starts with."""

from django.conf import settings

from core import money
from core.accounts.domain import User
from core.storage import Write
from portfolio.domain.cash import EntryType, opened
from portfolio.repositories.cash import balance_put, entry_put


def opening_writes(user: User) -> list[Write]:
    """The balance of a new account, for the transaction of its sign-up: 0, but for a practice account.

    That one starts with OPENING_BALANCE, booked as a SYSTEM_ADJUSTMENT so that the ledger adds up.
    """
    balance = opened(user.username, user.created_at)
    amount = money.to_cents(settings.OPENING_BALANCE)
    if user.account != "practice" or not amount:
        return [balance_put(balance, user.created_at)]
    balance, entry = balance.booked(
        EntryType.SYSTEM_ADJUSTMENT,
        amount,
        at=user.created_at,
        source_id=user.username,
        description="Opening balance of a practice account",
    )
    return [balance_put(balance, user.created_at), entry_put(entry)]
