"""What an entry would come to, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carbon.domain.emission import checked_occupancy, emitted
from carbon.domain.entry import EntryDraft
from carbon.domain.factor import Factor
from carbon.repositories.factors import current_from_item, current_get
from carbon.services import steps
from carbon.services.drafting import factor_of, wish_of
from core.accounts.domain import User
from core.storage import store


@dataclass(frozen=True, slots=True)
class Preview:
    """kg CO2e as a new entry would keep them, and the factor that it would take; see `Entry`."""

    kg: Decimal
    kg_with_fuel_supply: Decimal | None
    factor: Factor


def entry_preview(user: User, draft: EntryDraft) -> Preview:
    """What this draft would emit; one request, nothing written. Raises InvalidInput as adding it would."""
    wish = wish_of(user, draft)
    wish.check_time(steps.now())
    get = current_get(wish.draft.activity)
    factor = factor_of(wish, current_from_item(wish.draft.activity, store().get(get.table, get.key, consistent=True)))
    occupancy = checked_occupancy(wish.draft.occupancy, factor)
    kg, kg_with_fuel_supply = emitted(factor, wish.draft.amount, wish.draft.unit, occupancy)
    return Preview(kg, kg_with_fuel_supply, factor)
