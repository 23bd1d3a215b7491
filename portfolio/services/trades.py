"""Past trades recorded by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from core import clock, ids
from core.accounts.domain import User
from core.commit import commit
from core.errors import InvalidInput
from core.reading import one
from core.replay import check_same
from core.retry import optimistic
from core.storage import Write, journey
from portfolio.domain.bookings import booked
from portfolio.domain.holdings import Holding, Settlement, Transaction, inserted
from portfolio.domain.sizing import Fill, Side, amount_of, checked_money, checked_price, checked_quantity
from portfolio.repositories.cash import balance_put, entry_put
from portfolio.repositories.claims import claim_address, claim_put, reference_of
from portfolio.repositories.holdings import holding_put
from portfolio.repositories.transactions import transaction_address, transaction_from_item, transaction_put
from portfolio.selectors import trades_of_asset
from portfolio.services import steps
from portfolio.services.snapshot import snapshot_of


def trade_record(
    user: User,
    *,
    transaction_id: str,
    timestamp: datetime,
    side: str,
    asset_id: str,
    quantity: Decimal,
    price: Decimal,
    fee: Decimal = Decimal(0),
    settlement: Settlement = "outside",
    also: Sequence[Write] = (),
) -> Transaction:
    """Record a trade made elsewhere, at any time since 1970 and up to now, of an active or inactive asset.

    The holding is what all its trades make it in time order, so an earlier trade changes the cost of later sales.
    settlement `outside` (the default) leaves the cash as it is: the money came from outside the account, or went
    there, and a SYSTEM_ADJUSTMENT beside the payment says so; net deposits change by it. `account` pays from the cash
    that is available now, or into it. The ledger rows are booked now and count for the trade's time (`effective_at`).

    A repeated transaction_id returns the stored trade. Raises InvalidInput; Refused with insufficient_holdings (also
    where a later sale would lack what it sold), insufficient_funds or idempotency_mismatch; NotFound where
    the account is closed; StoreUnavailable.
    """
    fill = _checked_fill(steps.checked_side(side), quantity, price, fee)
    at = _checked_time(timestamp)
    if settlement not in ("account", "outside"):
        raise InvalidInput({"settlement": ["Give account or outside."]})
    steps.checked_asset_id(asset_id)
    ids.check_id(transaction_id, "transaction_id")
    with journey("trade_record"):
        return optimistic(lambda: _record(user.username, transaction_id, at, asset_id, fill, settlement, also))


def _record(
    username: str,
    transaction_id: str,
    at: datetime,
    asset_id: str,
    fill: Fill,
    settlement: Settlement,
    also: Sequence[Write],
) -> Transaction:
    now = clock.now()
    snapshot = snapshot_of(username, asset_id, now, claim_address(username, "trade", transaction_id))
    (claim,) = snapshot.others
    if claim:
        return _claimed(username, reference_of(claim), at, asset_id, fill, settlement)
    ids.check_fresh(transaction_id, "transaction_id")
    transaction = Transaction(
        username=username,
        transaction_id=transaction_id,
        at=at,
        asset_id=asset_id,
        symbol=snapshot.asset.symbol,
        fill=fill,
        order_id=None,
        settlement=settlement,
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


def _claimed(
    username: str, timestamp: str, at: datetime, asset_id: str, fill: Fill, settlement: Settlement
) -> Transaction:
    stored = one(transaction_address(username, timestamp), transaction_from_item)
    assert stored is not None
    check_same(
        timestamp=(at, stored.at),
        side=(fill.side, stored.fill.side),
        asset_id=(asset_id, stored.asset_id),
        quantity=(fill.quantity, stored.fill.quantity),
        price=(fill.price, stored.fill.price),
        fee=(fill.fee, stored.fill.fee),
        settlement=(settlement, stored.settlement),
    )
    return stored


def _checked_fill(side: Side, quantity: Decimal, price: Decimal, fee: Decimal) -> Fill:
    amount = amount_of(side, checked_quantity(quantity), checked_price(price))
    checked_money(fee, "fee", zero_allowed=True)
    if amount == 0:
        raise InvalidInput({"quantity": ["This comes to less than 0.01. Give a larger quantity."]})
    if side == "sell" and fee > amount:
        raise InvalidInput({"fee": ["The fee is more than the sale brought. Check both."]})
    return Fill(side, quantity, price, amount, fee)


def _checked_time(timestamp: datetime) -> datetime:
    if timestamp.tzinfo is None:
        raise InvalidInput({"timestamp": ["Give a time with its zone."]})
    if timestamp > clock.now():
        raise InvalidInput({"timestamp": ["This time lies ahead. Give one that has passed."]})
    if timestamp < clock.EPOCH:
        raise InvalidInput({"timestamp": ["Give a time after 1 January 1970."]})
    return clock.whole_milliseconds(timestamp)
