"""Adding a factor as one of the staff, with an entry in the audit log."""

from collections.abc import Sequence
from typing import Any

from carbon import selectors, services
from carbon.rights import CHANGE_FACTORS
from carbon.selectors import Factor
from core.accounts.domain import User
from core.accounts.rights import right_check
from core.audit import audit_put
from core.errors import InvalidInput
from core.storage import Write

AUDITED = ("label", "category", "kg_direct", "kg_fuel_supply", "year", "source", "licence", "best_before", "note")


def factor_put_forward(factor: Factor, *, by: User, reason: str, also: Sequence[Write] = ()) -> Factor:
    """Add a factor as the newest of its activity, region and unit, as `carbon.services.factor_add` does.

    The entry names what it takes the place of, and what changes. Raises InvalidInput; NotPermitted where the actor has
    lost the right meanwhile; TransactionCancelled where one of `also` failed.
    """
    factor = services.factor_checked(factor)
    place = f"{factor.activity}/{factor.region}/{factor.unit}"
    before = _newest(factor)
    details = {name: (getattr(before, name, None), getattr(factor, name)) for name in AUDITED}
    entry = audit_put(by.username, "factor.add", f"factor#{place}", reason, _differing(details))
    return services.factor_add(by, factor, (entry, right_check(by, CHANGE_FACTORS), *also))


def _newest(factor: Factor) -> Factor | None:
    """The factor that stands now where this one is to stand."""
    try:
        known = selectors.factors_of(factor.activity)
    except InvalidInput:
        return None
    same = [each for each in known if (each.region, each.unit) == (factor.region, factor.unit)]
    return max(same, key=lambda each: each.version, default=None)


def _differing(details: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    return {name: pair for name, pair in details.items() if pair[0] != pair[1]}
