"""Factors that staff add."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from carbon.data.factors import factors
from carbon.domain.choosing import LONGEST_ACTIVITY, activity_named, could_be_an_activity, newest
from carbon.domain.entry import CATEGORIES
from carbon.domain.factor import WORLD, Factor, factor_id_of
from carbon.domain.units import factor_unit_named, ratio, unit_named
from carbon.repositories import factors as rows
from carbon.repositories.factors import Current
from core import clock, money
from core.accounts import places
from core.accounts.domain import User
from core.commit import commit
from core.errors import InvalidInput
from core.reading import row
from core.retry import optimistic
from core.storage import Write, journey

LONGEST_LABEL = 80
LONGEST_TEXT = 500
LARGEST_KG = Decimal(1_000_000)
KG_PLACES = 9
YEARS = range(1990, 2101)


def factor_add(actor: User, factor: Factor, also: Sequence[Write] = ()) -> Factor:
    """Add a factor as the newest of its activity, region and unit; its `factor_id` and `version` are given here.

    Entries made from now on take it; none that is there changes. The caller has checked that `actor` may, and brings
    the audit row in `also`. The same factor again, as it stands newest, is returned and nothing written. Raises
    InvalidInput; StoreUnavailable.
    """
    factor = factor_checked(factor)
    with journey("carbon_factor_add"):
        return optimistic(lambda: _add(factor, also))


def _add(factor: Factor, also: Sequence[Write]) -> Factor:
    current = rows.current_from_item(factor.activity, row(rows.current_address(factor.activity)))
    own = [each for each in factors() if each.activity == factor.activity]
    known = newest([*own, *current.factors])
    if any(each.category != factor.category for each in known):
        raise InvalidInput({"category": [f"Entries of this activity are of the category {known[0].category}."]})
    _check_unit(factor, known)
    place = factor.region, factor.unit
    before = next((each for each in known if (each.region, each.unit) == place), None)
    version = before.version + 1 if before else 1
    added = replace(factor, version=version, factor_id=factor_id_of(factor.activity, *place, version))
    if before is not None and replace(added, version=before.version, factor_id=before.factor_id) == before:
        return before
    others = tuple(each for each in current.factors if (each.region, each.unit) != place)
    commit(
        [
            rows.factor_put(added, clock.now()),
            rows.current_put(Current(factor.activity, (*others, added), current.version)),
        ],
        also,
    )
    return added


def factor_checked(factor: Factor) -> Factor:
    """The factor in its normal form, as it is kept. Raises InvalidInput with all that is wrong."""
    errors: dict[str, list[str]] = {}
    activity, unit = activity_named(factor.activity), factor_unit_named(factor.unit)
    if not could_be_an_activity(activity):
        errors["activity"] = [f"Enter 2 to {LONGEST_ACTIVITY} letters a to z, digits and underscores."]
    if factor.category not in CATEGORIES:
        errors["category"] = [f"Choose one of {', '.join(CATEGORIES)}."]
    if unit is None:
        errors["unit"] = ["Enter a unit like kwh, litre, kg, passenger_km or vehicle_km."]
    if factor.region != WORLD and factor.region not in places.countries():
        errors["region"] = [f"Choose a country by its two capital letters, like PT, or {WORLD}."]
    if factor.year not in YEARS:
        errors["year"] = [f"Enter a year from {YEARS[0]} to {YEARS[-1]}."]
    for name in ("kg_direct", "kg_fuel_supply"):
        kg = getattr(factor, name)
        if kg is not None and not _is_sensible(kg):
            errors[name] = [f"Enter 0 to {LARGEST_KG:,} kg, with at most {KG_PLACES} decimals."]
    for name, longest in (("label", LONGEST_LABEL), ("source", LONGEST_TEXT), ("licence", LONGEST_TEXT)):
        if not 0 < len(getattr(factor, name).strip()) <= longest:
            errors[name] = [f"Enter 1 to {longest} characters."]
    if len(factor.note.strip()) > LONGEST_TEXT:
        errors["note"] = [f"Enter at most {LONGEST_TEXT} characters."]
    if errors or unit is None:
        raise InvalidInput(errors)
    texts = {name: getattr(factor, name).strip() for name in ("label", "source", "licence", "note")}
    return replace(factor, activity=activity, unit=unit, **texts)


def _check_unit(factor: Factor, known: Iterable[Factor]) -> None:
    """Raises InvalidInput where figures of the same place are given in another unit of the same measure.

    Two that fit one entry would be newest at once, and it would be left to chance which of them it takes.
    """
    given = unit_named(factor.unit)
    for each in known:
        fits = given is not None and ratio(given, each.unit) is not None
        if fits and each.region == factor.region and each.unit != factor.unit:
            raise InvalidInput({"unit": [f"The figures of this activity there are for one {each.unit}. Give that."]})


def _is_sensible(kg: Decimal) -> bool:
    return kg.is_finite() and 0 <= kg <= LARGEST_KG and money.places(kg) <= KG_PLACES
