"""Activities: what they are called, and which factor an entry of one takes, by its unit and place."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from carbon.domain.factor import WORLD, Factor
from carbon.domain.units import NEAR, Unit, ratio, unit_named, units_for, unknown_unit
from core.errors import InvalidInput

BY_COUNTRY = frozenset({"electricity"})
"""Activities whose figures differ by tens between countries: no country's is used for another."""
OLDER_NAMES = {"electricity_uk": "electricity"}
FALLBACK = "GB"
"""The government tables of Great Britain are the most complete, and are used where a country has none of its own."""
LONGEST_ACTIVITY = 60

_SEPARATORS = re.compile(r"[\s-]+")
_ACTIVITY = re.compile(rf"[a-z][a-z0-9_]{{1,{LONGEST_ACTIVITY - 1}}}")


def activity_named(text: str) -> str:
    """The text in the form that activities have; one of an older name under its present one."""
    name = _SEPARATORS.sub("_", text.strip().lower())
    return OLDER_NAMES.get(name, name)


def could_be_an_activity(name: str) -> bool:
    """Whether an activity may be called so: 2 to 60 letters a to z, digits and underscores."""
    return _ACTIVITY.fullmatch(name) is not None


def newest(factors: Iterable[Factor]) -> tuple[Factor, ...]:
    """The highest version of each activity, region and unit, in the order in which they came first."""
    best: dict[tuple[str, str, str], Factor] = {}
    for factor in factors:
        key = factor.activity, factor.region, factor.unit
        if key not in best or factor.version > best[key].version:
            best[key] = factor
    return tuple(best.values())


def chosen(activity: str, factors: Sequence[Factor], *, unit: str, region: str, country: str) -> tuple[Factor, Unit]:
    """The factor of the activity that an entry takes, and the unit that it is given in.

    `factors` are the newest of the activity. region: where it was done, as the user says, or empty; then the user's
    country counts where there is a figure of it, else the world's, else that of Great Britain. For electricity
    only the country itself counts. Raises InvalidInput.
    """
    known = unit_named(unit)
    fitting = [each for each in factors if known is not None and ratio(known, each.unit) is not None]
    if known is None or not fitting:
        raise unknown_unit(unit, dict.fromkeys(one for each in factors for one in units_for(each.unit)))
    by_region = {each.region: each for each in fitting}
    if region:
        if region not in by_region:
            raise InvalidInput({"region": [_no_region(region, by_region)]})
        return by_region[region], known
    if country in by_region:
        return by_region[country], known
    if activity in BY_COUNTRY:
        raise InvalidInput({"region": [_no_country(country)]})
    for other in (WORLD, FALLBACK):
        if other in by_region:
            return by_region[other], known
    return fitting[0], known


def unknown_activity(text: str, factors: Iterable[Factor]) -> InvalidInput:
    """The error for an activity that there is not: it names the near ones."""
    names = {each.activity: each.activity for each in factors}
    names |= {each.label.lower(): each.activity for each in factors}
    wanted = text.strip().lower()[:LONGEST_ACTIVITY]
    matches = get_close_matches(wanted, names, n=2 * NEAR, cutoff=0.5)
    parts = [name for name in names if len(wanted) > 2 and wanted in name]
    near = list(dict.fromkeys(names[each] for each in (*matches, *parts)))[:NEAR]
    meant = f" Did you mean {' or '.join(near)}?" if near else " Choose one of those listed."
    return InvalidInput({"activity": [f"There is no activity “{text[:60]}”.{meant}"]})


def _no_region(region: str, known: Iterable[str]) -> str:
    regions = sorted(known)
    shown = ", ".join(regions) if len(regions) <= 5 else "those listed"
    return f"This activity has no factor for “{region[:20]}”. Choose one of {shown}."


def _no_country(country: str) -> str:
    if not country:
        return "Choose a country here, or set yours in Settings."
    return "There is no figure for your country. Choose one with similar electricity."
