"""The setting that names a replay: `replay:FILE?asset=bitcoin&zone=America/New_York&speed=60`."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core import money
from market.catalogue import BY_ID

PARAMETERS = ("asset", "zone", "speed")


@dataclass(frozen=True, slots=True)
class ReplayAddress:
    """A file to replay.

    `asset_id` is None where the file's own rows say of which asset they are. `zone` is what times without a zone
    mean, None where it is not given. `speed` is seconds of history per second, None for as fast as can be.
    """

    path: Path
    asset_id: str | None = None
    zone: ZoneInfo | None = None
    speed: Decimal | None = None


def parsed(text: str) -> ReplayAddress:
    """The address in what follows `replay:`. Raises ValueError with a sentence that says what is wrong."""
    path, _, query = text.partition("?")
    if not path:
        raise ValueError("it names no file: write replay:FILE.csv?asset=bitcoin")
    given: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in PARAMETERS:
            raise ValueError(f"it has an unknown part {name!r}: write {', '.join(PARAMETERS)}")
        given[name] = value
    asset_id = given.get("asset")
    if asset_id is not None and asset_id not in BY_ID:
        raise ValueError(f"the asset {asset_id!r} is unknown: write one of {', '.join(BY_ID)}")
    return ReplayAddress(Path(path), asset_id, _zone(given.get("zone")), _speed(given.get("speed", "max")))


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"the time zone {name!r} is unknown: write for example UTC or America/New_York") from error


def _speed(text: str) -> Decimal | None:
    if text == "max":
        return None
    try:
        speed = money.parse(text)
    except ValueError as error:
        raise ValueError(f"the speed {text!r} is not a number: write max, or 60 for a minute in a second") from error
    if speed <= 0:
        raise ValueError(f"the speed {text} is not above zero: write max, or 60 for a minute in a second")
    return speed
