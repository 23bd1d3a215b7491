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
from portfolio.domain.trades import Trade, TradeDraft
from portfolio.repositories.cash import balance_put, entry_put
from portfolio.repositories.claims import claim_address, claim_put, reference_of
from portfolio.repositories.holdings import holding_put
from portfolio.repositories.trades import trade_address, trade_from_item, trade_put
from portfolio.selectors import trades_of_asset
from portfolio.services.snapshot import snapshot_of


def trade_record(user: User, *, trade_id: str, draft: TradeDraft, also: Sequence[Write] = ()) -> Trade:
    """Record a trade made elsewhere, at any time since 1970 and up to now, of an active or inactive asset.

    The holding is what all its trades make it in time order, so an earlier trade changes the cost of later sales.
    The ledger rows are booked now and count for the trade's time (`effective_at`).

    A repeated trade_id returns the stored trade. Raises InvalidInput by field; Refused with
    insufficient_holdings (also where a later sale would lack what it sold), insufficient_funds or
    idempotency_mismatch; NotFound where the account is closed; StoreUnavailable.
    """
    draft.check(now=clock.now())
    ids.check_id(trade_id, "transaction_id")
    with journey("trade_record"):
        return optimistic(lambda: _record(user.username, trade_id, draft.normal(), also))


def _record(username: str, trade_id: str, draft: TradeDraft, also: Sequence[Write]) -> Trade:
    now = clock.now()
    snapshot = snapshot_of(username, draft.asset_id, now, claim_address(username, "trade", trade_id))
    (claim,) = snapshot.others
    if claim:
        return _claimed(username, reference_of(claim), draft)
    ids.check_fresh(trade_id, "transaction_id")
    trade = Trade(
        username=username,
        trade_id=trade_id,
        at=draft.timestamp,
        asset_id=draft.asset_id,
        symbol=snapshot.asset.symbol,
        fill=draft.fill,
        order_id=None,
        settlement=draft.settlement,
        created_at=now,
    )
    holding = _holding_with(snapshot.holding, trade)
    booking = booked(snapshot.balance, trade, now)
    commit(
        [
            balance_put(booking.balance, now),
            holding_put(holding, now),
            *(entry_put(entry) for entry in booking.entries),
            trade_put(trade),
            claim_put(username, "trade", trade_id, reference=trade.timestamp, at=now),
        ],
        also,
    )
    return trade


def _holding_with(holding: Holding, trade: Trade) -> Holding:
    """The holding with this trade in its place; earlier ones are read only where it is not the newest.

    Reading them needs no lock: a trade at the same time changes the version of the holding, and this one starts over.
    """
    if trade.timestamp > holding.last_transaction:
        return holding.traded(trade)
    earlier = trades_of_asset(trade.username, trade.asset_id)
    return holding.replayed(inserted(earlier, trade))


def _claimed(username: str, timestamp: str, draft: TradeDraft) -> Trade:
    stored = one(trade_address(username, timestamp), trade_from_item)
    assert stored is not None
    first = stored.draft
    check_same(**{field.name: (getattr(draft, field.name), getattr(first, field.name)) for field in fields(draft)})
    return stored
