"""Files of price history: every form that is known, and clear words about every other."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from market.domain import Tick
from market.feeds.replay import FileRefused, ReplayAddress, parsed
from market.feeds.replay.files import read
from tests.market.builders import a_file

OHLCV = "open,high,low,close,volume"
COINS = "timestamp_ms,coin_id,price_usd,market_cap_usd,volume_24h_usd"


def read_lines(folder: Path, *lines: str, query: str = "asset=bitcoin") -> list[Tick]:
    return read(parsed(f"{a_file(folder, 'prices.csv', *lines)}?{query}"))


def test_minutes_in_utc(tmp_path: Path) -> None:
    first, second = read_lines(
        tmp_path,
        f"timestamp,{OHLCV}",
        "2026-01-31T06:49:00Z,83710.66,83710.8,83637.81,83642.1,109",
        "2026-01-31T06:50:00Z,83642.1,83686.03,83642.1,83685.62,139",
    )

    assert first == Tick(
        "bitcoin",
        datetime(2026, 1, 31, 6, 49, tzinfo=UTC),
        Decimal("83710.66"),
        Decimal("83710.8"),
        Decimal("83637.81"),
        Decimal("83642.1"),
        "replay:prices.csv",
        Decimal(109),
        60,
    )
    assert second.at == datetime(2026, 1, 31, 6, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2020-12-15 09:30", datetime(2020, 12, 15, 14, 30, tzinfo=UTC)),
        ("2020-07-15 09:30", datetime(2020, 7, 15, 13, 30, tzinfo=UTC)),
        # The clock goes forward at 02:00 on this day.
        ("2020-03-08 09:30", datetime(2020, 3, 8, 13, 30, tzinfo=UTC)),
    ],
)
def test_times_without_a_zone_are_of_the_zone_named(tmp_path: Path, written: str, utc: datetime) -> None:
    (tick,) = read_lines(tmp_path, f"date,{OHLCV}", f"{written},1,2,1,2,5", query="asset=SPY&zone=America/New_York")

    assert tick.at == utc


@pytest.mark.parametrize("written", ["3/9/2022", "2022-03-09"])
def test_a_date_is_a_day_in_utc_whatever_the_zone(tmp_path: Path, written: str) -> None:
    (tick,) = read_lines(tmp_path, f"date,{OHLCV}", f"{written},1,2,1,2,5", query="asset=MSFT&zone=Asia/Tokyo")

    assert tick.at == datetime(2022, 3, 9, tzinfo=UTC)
    assert tick.bar_seconds == 86_400


def test_many_coins_with_capitalisation_and_rolling_volume(tmp_path: Path) -> None:
    bitcoin, ether = read_lines(
        tmp_path,
        COINS,
        "1609459200000,ethereum,738.61,84000000000.5,12345.6",
        "1609459200000,bitcoin,29022.41,,",
        query="",
    )[::-1]

    assert (ether.asset_id, ether.price, ether.market_cap) == ("ethereum", Decimal("738.61"), Decimal("84000000000.5"))
    assert (ether.volume, ether.volume_24h) == (None, Decimal("12345.6"))
    assert (bitcoin.market_cap, bitcoin.volume_24h, bitcoin.bar_seconds) == (None, None, 86_400)


def test_one_coin_of_many(tmp_path: Path) -> None:
    lines = (COINS, "1609459200000,ethereum,738.61,1,1", "1609459200000,bitcoin,29022.41,1,1")

    assert [tick.asset_id for tick in read_lines(tmp_path, *lines)] == ["bitcoin"]


def test_newest_first_is_put_in_the_order_of_time(tmp_path: Path) -> None:
    ticks = read_lines(
        tmp_path, f"date,{OHLCV}", "2022-03-10,1,2,1,2,5", "2022-03-09,1,2,1,2,5", "2022-03-08,1,2,1,2,5"
    )

    assert [tick.at.day for tick in ticks] == [8, 9, 10]
    assert {tick.bar_seconds for tick in ticks} == {86_400}


def test_wrong_prices_are_left_for_the_market_to_refuse(tmp_path: Path) -> None:
    (tick,) = read_lines(tmp_path, f"date,{OHLCV}", "2022-03-10,1,2,0,NaN,")

    assert tick.close.is_nan()
    assert tick.low == 0
    assert tick.volume is None


@pytest.mark.parametrize(
    ("lines", "query", "sentence"),
    [
        (("a,b", "1,2"), "asset=bitcoin", "has the columns a, b; needed are timestamp or date, open, high"),
        (("",), "asset=bitcoin", "has the columns"),
        ((f"date,{OHLCV}",), "asset=bitcoin", "has no rows"),
        ((f"date,{OHLCV}", "2022-03-10,1,2,1,2,5"), "", "does not say of which asset it is"),
        ((f"date,{OHLCV}", "2022-03-10 10:00,1,2,1,2,5"), "asset=SPY", "have no zone: add &zone="),
        ((f"date,{OHLCV}", "yesterday,1,2,1,2,5"), "asset=SPY", "line 2: 'yesterday' is not a time"),
        ((f"date,{OHLCV}", "2022-03-10,1,2,1,cheap,5"), "asset=SPY", "line 2: close is 'cheap', not a number"),
        ((f"date,{OHLCV}", "2022-03-10,1,2"), "asset=SPY", "line 2: not as many values"),
        ((f"date,{OHLCV}", "2022-03-10,1,2,1,2,5,6"), "asset=SPY", "line 2: not as many values"),
        ((COINS, "1609459200000,gold,1,1,1"), "", "line 2: the asset 'gold' is unknown"),
        ((COINS, "noon,bitcoin,1,1,1"), "", "line 2: 'noon' is not a time in milliseconds"),
    ],
)
def test_other_files_are_refused_with_a_sentence(
    tmp_path: Path, lines: tuple[str, ...], query: str, sentence: str
) -> None:
    with pytest.raises(FileRefused, match=sentence):
        read_lines(tmp_path, *lines, query=query)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read: No such file"):
        read(ReplayAddress(tmp_path / "nothing.csv", "bitcoin"))


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(b"\x89PNG\xff\xfe\x00")

    with pytest.raises(FileRefused, match="is not a CSV file in UTF-8"):
        read(ReplayAddress(path, "bitcoin"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "names no file"),
        ("?asset=bitcoin", "names no file"),
        ("a.csv?asset=gold", "the asset 'gold' is unknown"),
        ("a.csv?zone=Mars/Base", "the time zone 'Mars/Base' is unknown"),
        ("a.csv?zone=/etc/passwd", "the time zone '/etc/passwd' is unknown"),
        ("a.csv?speed=fast", "the speed 'fast' is not a number"),
        ("a.csv?speed=0", "the speed 0 is not above zero"),
        ("a.csv?spead=60", "an unknown part 'spead'"),
    ],
)
def test_wrong_addresses(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parsed(text)


def test_an_address_in_full() -> None:
    address = parsed("../data/spy.csv?asset=SPY&zone=America/New_York&speed=60")

    assert (address.path, address.asset_id, address.speed) == (Path("../data/spy.csv"), "SPY", Decimal(60))
    assert str(address.zone) == "America/New_York"
