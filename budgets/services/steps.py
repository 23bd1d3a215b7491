"""What every write of expenses and budgets does alike: check the client's id, decide, and commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from budgets import events
from budgets.domain.definitions import Definitions
from budgets.domain.effect import Effect
from budgets.repositories.definitions import definitions_check
from budgets.repositories.months import month_put
from core import clock, ids
from core.errors import InvalidInput, NotFound
from core.events import Event, event_put
from core.retry import LostRace
from core.storage import TransactionCancelled, Write, store


def commit(writes: Sequence[Write], also: Sequence[Write] = ()) -> None:
    """All the writes and the caller's, or none.

    Raises NotFound where the account is closed, LostRace when a row changed since it was read, and
    TransactionCancelled when one of the caller's writes failed.
    """
    try:
        store().transact_write([*writes, *also])
    except TransactionCancelled as error:
        if any(reason.failed for reason in error.reasons[len(writes) :]):
            raise
        if error.failed("account"):
            raise NotFound("An open account of this name") from error
        raise LostRace from error


def effect_writes(effect: Effect, definitions: Definitions, at: datetime) -> list[Write]:
    """The months that an effect changes, if the budgets and categories it was decided by still stand.

    Raises InvalidInput where a month has no room for another category.
    """
    for totals in effect.months:
        totals.check_size()
    return [definitions_check(definitions), *(month_put(totals, at) for totals in effect.months)]


def tellings(username: str, effect: Effect, definitions: Definitions) -> list[Write]:
    """One event for each category that crossed a threshold, and one for a large expense."""
    told: list[Event] = [
        events.threshold_crossed(username, crossing, definitions.channels) for crossing in effect.crossings
    ]
    if effect.large is not None:
        budget = definitions.budgets.get(effect.large.category)
        told.append(events.large_expense(effect.large, budget, definitions.channels))
    return [event_put(event) for event in told]


def now() -> datetime:
    """Wall time, as exact as the store keeps it."""
    return clock.from_milliseconds(clock.to_milliseconds(clock.now()))


def checked_id_form(identifier: str, field: str = "expense_id") -> str:
    """The id itself when it is UUIDv7 text, of any time. Raises InvalidInput."""
    try:
        ids.id_time(identifier)
    except ValueError as error:
        raise InvalidInput({field: ["Give a UUIDv7 in lower-case text."]}) from error
    return identifier


def check_id_is_fresh(identifier: str, field: str = "expense_id") -> None:
    """Raises InvalidInput when something new may not carry this id: its time is more than 24 h away."""
    try:
        ids.checked_id(identifier)
    except ValueError as error:
        raise InvalidInput({field: ["This id is too old or too far ahead. Make a new one and send again."]}) from error
