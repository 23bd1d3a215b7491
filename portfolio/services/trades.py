"""Past trades recorded by hand."""

from collections.abc import Sequence
from dataclasses import fields

from core import clock, ids
from core.accounts.domain import User
from core.commit import commit
from core.reading import one
from core.replay import check_same
from core.retry import optimistic
from core.storage import Write, journey
from portfolio.domain.bookings import booked
from portfolio.domain.holdings import Holding, inserted
from portfolio.domain.trades import TradeDraft, Transaction
from portfolio.repositories.cash import balance_put, entry_put
from portfolio.repositories.claims import claim_address, claim_put, reference_of
from portfolio.repositories.holdings import holding_put
from portfolio.repositories.transactions import transaction_address, transaction_from_item, transaction_put
from portfolio.selectors import trades_of_asset
from portfolio.services.snapshot import snapshot_of


def trade_record(user: User, *, transaction_id: str, draft: TradeDraft, also: Sequence[Write] = ()) -> Transaction:
    """Record a trade made elsewhere, at any time since 1970 and up to now, of an active or inactive asset.

    The holding is what all its trades make it in time order, so an earlier trade changes the cost of later sales.
    The ledger rows are booked now and count for the trade's time (`effective_at`).

    A repeated transaction_id returns the stored trade. Raises InvalidInput by field; Refused with
    insufficient_holdings (also where a later sale would lack what it sold), insufficient_funds or
    idempotency_mismatch; NotFound where the account is closed; StoreUnavailable.
    """
    draft.check(now=clock.now())
    ids.check_id(transaction_id, "transaction_id")
    with journey("trade_record"):
        return optimistic(lambda: _record(user.username, transaction_id, draft.normal(), also))


def _record(username: str, transaction_id: str, draft: TradeDraft, also: Sequence[Write]) -> Transaction:
    now = clock.now()
    snapshot = snapshot_of(username, draft.asset_id, now, claim_address(username, "trade", transaction_id))
    (claim,) = snapshot.others
    if claim:
        return _claimed(username, reference_of(claim), draft)
    ids.check_fresh(transaction_id, "transaction_id")
    transaction = Transaction(
        username=username,
        transaction_id=transaction_id,
        at=draft.timestamp,
        asset_id=draft.asset_id,
        symbol=snapshot.asset.symbol,
        fill=draft.fill,
        order_id=None,
        settlement=draft.settlement,
        created_at=now,
    )
    holding = _holding_with(snapshot.holding, transaction)
    booking = booked(snapshot.balance, transaction, now)
    commit(
        [
            balance_put(booking.balance, now),
            holding_put(holding, now),
            *(entry_put(entry) for entry in booking.entries),
            transaction_put(transaction),
            claim_put(username, "trade", transaction_id, reference=transaction.timestamp, at=now),
        ],
        also,
    )
    return transaction


def _holding_with(holding: Holding, transaction: Transaction) -> Holding:
    """The holding with this trade in its place; earlier ones are read only where it is not the newest.

    Their reading needs no lock: whoever trades meanwhile changes the version of the holding, and this one starts over.
    """
    if transaction.timestamp > holding.last_transaction:
        return holding.traded(transaction)
    earlier = trades_of_asset(transaction.username, transaction.asset_id)
    return holding.replayed(inserted(earlier, transaction))


def _claimed(username: str, timestamp: str, draft: TradeDraft) -> Transaction:
    stored = one(transaction_address(username, timestamp), transaction_from_item)
    assert stored is not None
    first = stored.draft
    check_same(**{field.name: (getattr(draft, field.name), getattr(first, field.name)) for field in fields(draft)})
    return stored
