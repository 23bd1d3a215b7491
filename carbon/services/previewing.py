"""What an entry would come to, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carbon.domain.emission import checked_occupancy, emitted
from carbon.domain.entry import Entry, EntryDraft
from carbon.domain.factor import Factor
from carbon.repositories.factors import current_from_item, current_get
from carbon.services.drafting import factor_of, keeps_factor, wish_of
from core import clock
from core.accounts.domain import User
from core.storage import store


@dataclass(frozen=True, slots=True)
class Preview:
    """kg CO2e as the entry would keep them, and the factor that it would have; see `Entry`."""

    kg: Decimal
    kg_with_fuel_supply: Decimal | None
    factor: Factor


def entry_preview(user: User, draft: EntryDraft, before: Entry | None = None) -> Preview:
    """What this draft would come to: as a new entry, or as a change of the one before, which may keep its factor.

    One request, nothing written. Raises InvalidInput as adding or changing it would.
    """
    wish = wish_of(user, draft)
    if before is None or wish.draft.timestamp != before.timestamp:
        wish.check_time(clock.now(), is_expense=before is not None and before.expense_id is not None)
    get = current_get(wish.draft.activity)
    added = current_from_item(wish.draft.activity, store().get(get.table, get.key, consistent=True))
    factor = before.factor if before is not None and keeps_factor(before, wish) else factor_of(wish, added)
    occupancy = checked_occupancy(wish.draft.occupancy, factor)
    kg, kg_with_fuel_supply = emitted(factor, wish.draft.amount, wish.draft.unit, occupancy)
    return Preview(kg, kg_with_fuel_supply, factor)
