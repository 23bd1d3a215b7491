"""What a decision about expenses and budgets writes."""

from __future__ import annotations

from datetime import datetime

from budgets import events
from budgets.domain.definitions import Definitions
from budgets.domain.effect import Effect
from budgets.repositories.definitions import definitions_check
from budgets.repositories.months import month_put
from core.events import Event, event_put
from core.storage import Write


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
