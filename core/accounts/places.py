"""Countries and time zones that a user may choose, from the tz database that comes with the product (`tzdata`)."""

from functools import cache
from importlib.resources import files
from unicodedata import normalize


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code -> name, in the order of the names."""
    rows = [line.split("\t") for line in _lines("tzdata.zoneinfo", "iso3166.tab")]
    return dict(sorted(((code, name) for code, name in rows), key=lambda row: normalize("NFKD", row[1])))


@cache
def time_zones() -> tuple[str, ...]:
    """The zones to choose from: UTC, then one for each region that keeps its own time, by name."""
    return ("UTC", *sorted(line.split("\t")[2] for line in _lines("tzdata.zoneinfo", "zone.tab")))


@cache
def known_time_zones() -> frozenset[str]:
    """Every name that the tz database knows, older names included."""
    return frozenset(_lines("tzdata", "zones"))


def _lines(package: str, name: str) -> list[str]:
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
