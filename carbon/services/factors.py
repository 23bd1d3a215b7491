"""Factors that staff add."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from carbon.data.factors import newest_factors
from carbon.domain.activity import newest
from carbon.domain.factor import Factor
from carbon.domain.factor_draft import FactorDraft
from carbon.domain.units import ratio, unit_named
from carbon.repositories import factors as rows
from carbon.repositories.factors import Current
from carbon.rights import CHANGE_FACTORS
from core import clock
from core.accounts import places
from core.accounts.domain import User
from core.accounts.rights import right_check
from core.audit import audit_put
from core.commit import commit
from core.errors import InvalidInput
from core.reading import row
from core.retry import optimistic
from core.storage import Write, journey


def factor_add(actor: User, draft: FactorDraft, *, reason: str, also: Sequence[Write] = ()) -> Factor:
    """Add a factor as the newest of its activity, region and unit, with an entry of what changes in the audit log.

    Entries made from now on use it; existing ones do not change. If it is the newest already, it is returned and
    nothing is written. Raises InvalidInput; NotPermitted where the actor may not; StoreUnavailable.
    """
    draft = draft.normal()
    draft.check(countries=places.countries())
    with journey("carbon_factor_add"):
        return optimistic(lambda: _add(actor, draft, reason, also))


def _add(actor: User, draft: FactorDraft, reason: str, also: Sequence[Write]) -> Factor:
    current = rows.current_from_item(draft.activity, row(rows.current_address(draft.activity)))
    known = newest([*(each for each in newest_factors() if each.activity == draft.activity), *current.factors])
    if any(each.category != draft.category for each in known):
        raise InvalidInput({"category": [f"Entries of this activity are of the category {known[0].category}."]})
    _check_unit(draft, known)
    place = draft.region, draft.unit
    before = next((each for each in known if (each.region, each.unit) == place), None)
    if before is not None and draft.factor(before.version) == before:
        return before
    added = draft.factor(before.version + 1 if before else 1)
    others = tuple(each for each in current.factors if (each.region, each.unit) != place)
    subject = f"factor#{draft.activity}/{draft.region}/{draft.unit}"
    commit(
        [
            rows.factor_put(added, clock.now()),
            rows.current_put(Current(draft.activity, (*others, added), current.version)),
            audit_put(actor.username, "factor.add", subject, reason, _differing(before, draft)),
            right_check(actor, CHANGE_FACTORS),
        ],
        also,
    )
    return added


def _differing(before: Factor | None, draft: FactorDraft) -> dict[str, tuple[Any, Any]]:
    """By field what the factor before says, and what the new one does."""
    pairs = {each.name: (getattr(before, each.name, None), getattr(draft, each.name)) for each in fields(draft)}
    where = ("activity", "region", "unit")
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and name not in where}


def _check_unit(draft: FactorDraft, known: Iterable[Factor]) -> None:
    """Raises InvalidInput where figures of the same place are given in another unit of the same measure.

    Two that fit one entry would be newest at once, and it would be left to chance which of them it takes.
    """
    given = unit_named(draft.unit)
    for each in known:
        fits = given is not None and ratio(given, each.unit) is not None
        if fits and each.region == draft.region and each.unit != draft.unit:
            raise InvalidInput({"unit": [f"Factors of this activity here are per {each.unit}. Enter that unit."]})
