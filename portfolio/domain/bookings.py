"""What a trade does to cash: its ledger rows, the fee as a row of its own."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core import money
from portfolio.domain.cash import Balance, EntryType, LedgerEntry
from portfolio.domain.trades import Trade


@dataclass(frozen=True, slots=True)
class Booking:
    """The cash after some movements, and their ledger rows in order."""

    balance: Balance
    entries: tuple[LedgerEntry, ...]


def booked(balance: Balance, trade: Trade, at: datetime) -> Booking:
    """The cash after a trade, booked at this wall time.

    A buyer's payment, or a seller's proceeds, then the fee. Where the money came from outside the account, a
    SYSTEM_ADJUSTMENT brings it in first; where it went outside, one takes it out last: either way the cash is as
    before, and net deposits say what was put in. Raises Refused `insufficient_funds`.
    """
    if trade.fill.side == "buy" and trade.settlement == "account":
        balance.check_covers(trade.fill.total)
    return _booked_all(balance, movements_of(trade), trade, at)


def movements_of(trade: Trade) -> list[tuple[EntryType, Decimal, str]]:
    """What a trade does to cash, in the order of booking: the kind, the change with its sign, and what for."""
    fill = trade.fill
    bought = fill.side == "buy"
    what = f"{'bought' if bought else 'sold'} {money.plain(fill.quantity)} {trade.symbol}"
    if trade.order_id is None:
        what = f"{what} on {trade.at.day} {trade.at:%b %Y}, recorded by hand"
    payment = EntryType.ORDER_PAYMENT if bought else EntryType.ORDER_SALE
    movements = [(payment, -fill.amount if bought else fill.amount, what[0].upper() + what[1:])]
    if fill.fee:
        movements.append((EntryType.ORDER_FEE, -fill.fee, f"Fee: {what}"))
    if trade.settlement == "outside" and fill.total:
        adjustment = EntryType.SYSTEM_ADJUSTMENT
        if bought:
            movements.insert(0, (adjustment, fill.total, f"Paid from outside: {what}"))
        else:
            movements.append((adjustment, -fill.total, f"Paid out to outside: {what}"))
    return movements


def _booked_all(
    balance: Balance, movements: list[tuple[EntryType, Decimal, str]], trade: Trade, at: datetime
) -> Booking:
    entries = []
    for kind, change, description in movements:
        balance, entry = balance.booked(
            kind,
            change,
            at=at,
            source_id=trade.trade_id,
            description=description,
            order_id=trade.order_id,
            effective_at=None if trade.order_id else trade.at,
        )
        entries.append(entry)
    return Booking(balance, tuple(entries))
