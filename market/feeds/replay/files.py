"""Files of price history: which columns there are, and what each row says."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from core import clock
from market.catalogue import BY_ID
from market.domain import REPLAY, Tick
from market.feeds.replay.address import ReplayAddress

DAY_SECONDS = 86_400
BARS = ("open", "high", "low", "close", "volume")
TIME_COLUMNS = ("timestamp", "date")
COINS = ("timestamp_ms", "coin_id", "price_usd", "market_cap_usd", "volume_24h_usd")
EXPECTED = f"timestamp or date, {', '.join(BARS)}; or {', '.join(COINS)}"

Row = dict[str, str]


class FileRefused(Exception):
    """The file is missing or cannot be replayed; the message says what to do."""


def read(address: ReplayAddress) -> list[Tick]:
    """Every row of the file as a tick, in the order of time; nothing is left out or corrected.

    Raises FileRefused, naming the line where one line is the cause.
    """
    try:
        with address.path.open(newline="", encoding="utf-8-sig") as lines:
            reader = csv.DictReader(lines)
            to_ticks = _form(reader.fieldnames or (), address)
            ticks = list(to_ticks(_numbered(reader, address)))
    except OSError as error:
        raise FileRefused(f"the file {address.path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefused(f"the file {address.path} is not a CSV file in UTF-8: {error}") from error
    if not ticks:
        raise FileRefused(f"the file {address.path} has no rows")
    return sorted(ticks, key=lambda tick: tick.timestamp)


def _form(columns: Sequence[str], address: ReplayAddress) -> Callable[[Iterator[tuple[int, Row]]], Iterator[Tick]]:
    if set(COINS) <= set(columns):
        return lambda rows: _coins(rows, address)
    time_column = next((name for name in TIME_COLUMNS if name in columns), None)
    if time_column is None or not set(BARS) <= set(columns):
        raise FileRefused(f"the file {address.path} has the columns {', '.join(columns)}; needed are {EXPECTED}")
    if address.asset_id is None:
        raise FileRefused(f"the file {address.path} does not say of which asset it is: add ?asset=bitcoin")
    asset_id = address.asset_id
    return lambda rows: _bars(rows, time_column, asset_id, address)


def _coins(rows: Iterator[tuple[int, Row]], address: ReplayAddress) -> Iterator[Tick]:
    """Daily prices of many coins, with rolling 24 h volumes, which are not volumes traded in the row's day."""
    source = f"{REPLAY}{address.path.name}"
    for line, row in rows:
        asset_id = row["coin_id"]
        if asset_id not in BY_ID:
            raise FileRefused(f"{address.path}, line {line}: the asset {asset_id!r} is unknown")
        if address.asset_id not in (None, asset_id):
            continue
        yield Tick.lone(
            asset_id,
            _milliseconds(row, line, address),
            _number(row, "price_usd", line, address),
            source,
            bar_seconds=DAY_SECONDS,
            market_cap=_number(row, "market_cap_usd", line, address) if row["market_cap_usd"] else None,
            volume_24h=_number(row, "volume_24h_usd", line, address) if row["volume_24h_usd"] else None,
        )


def _bars(rows: Iterator[tuple[int, Row]], time_column: str, asset_id: str, address: ReplayAddress) -> Iterator[Tick]:
    source = f"{REPLAY}{address.path.name}"
    timed = [(line, row, _time(row[time_column], line, address)) for line, row in rows]
    bar_seconds = _bar_seconds([at for _, _, at in timed])
    for line, row, at in timed:
        opened, high, low, close = (_number(row, name, line, address) for name in BARS[:4])
        volume = _number(row, "volume", line, address) if row["volume"] else None
        yield Tick(asset_id, at, opened, high, low, close, source, volume, bar_seconds)


def _bar_seconds(times: Sequence[datetime]) -> int:
    """The length of the bars: the shortest step between two of them; a day where there is only one."""
    steps = [int((later - earlier).total_seconds()) for earlier, later in pairwise(sorted(set(times)))]
    return min(steps, default=DAY_SECONDS)


def _numbered(reader: csv.DictReader[str], address: ReplayAddress) -> Iterator[tuple[int, Row]]:
    for row in reader:
        if None in row.values() or None in row:
            raise FileRefused(f"{address.path}, line {reader.line_num}: not as many values as there are columns")
        yield reader.line_num, row


def _number(row: Row, column: str, line: int, address: ReplayAddress) -> Decimal:
    """The number as written; one that is not above zero or not finite is refused and counted by the market."""
    try:
        return Decimal(row[column].strip())
    except InvalidOperation as error:
        raise FileRefused(f"{address.path}, line {line}: {column} is {row[column]!r}, not a number") from error


def _milliseconds(row: Row, line: int, address: ReplayAddress) -> datetime:
    text = row["timestamp_ms"]
    try:
        return clock.from_milliseconds(int(text))
    except (ValueError, OverflowError, OSError) as error:
        raise FileRefused(f"{address.path}, line {line}: {text!r} is not a time in milliseconds") from error


def _time(text: str, line: int, address: ReplayAddress) -> datetime:
    """The time in one of the forms known. A date alone is a UTC day, whatever the zone of the exchange."""
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise FileRefused(f"{address.path}, line {line}: {text!r} is not a time known here") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_zone(address))
    return moment.astimezone(UTC)


def _zone(address: ReplayAddress) -> tzinfo:
    if address.zone is None:
        raise FileRefused(f"the times in {address.path} have no zone: add &zone=UTC or &zone=America/New_York")
    return address.zone
