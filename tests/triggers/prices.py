"""Ticks and watches for tests of the pure rules."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from alerts.domain.conditions import PriceCondition, PriceType
from market.domain import Tick
from market.triggers.crossing import Operator, Watch, begin
from market.triggers.moves import LastSeen, Move, fold

START = datetime(2026, 1, 31, 7, 0, tzinfo=UTC)


def ticks_of(*prices: str, apart: timedelta = timedelta(seconds=10)) -> list[Tick]:
    """Lone prices, or bars written `open high low close`, so far apart."""
    return [_tick(text, START + number * apart) for number, text in enumerate(prices)]


def moves_of(*prices: str, apart: timedelta = timedelta(seconds=10)) -> list[Move]:
    """The moves between these prices."""
    return fold(LastSeen(), ticks_of(*prices, apart=apart))[1]


def a_watch(
    operator: str = ">", threshold: str = "110", price_type: str = "close", *, hysteresis: str = "0", once: bool = False
) -> Watch:
    """A watch that is armed before the first move, and fires every time unless said otherwise."""
    compared = PriceCondition(Operator(operator), Decimal(threshold), PriceType(price_type))
    return Watch("bitcoin", compared.series, compared.operator, compared.threshold, Decimal(hysteresis), once)


def _tick(text: str, at: datetime) -> Tick:
    prices = [Decimal(part) for part in text.split()]
    if len(prices) == 1:
        return Tick.lone("bitcoin", at, prices[0], "test")
    opened, high, low, close = prices
    return Tick("bitcoin", at, opened, high, low, close, "test", bar_seconds=5)


levels = st.integers(90, 110).map(Decimal)


@st.composite
def market(draw: st.DrawFn) -> tuple[LastSeen, list[Move]]:
    """What was last seen of a series, and its next moves: single prices and bars, some of them a minute apart."""
    at = START
    close = draw(levels)
    ticks: list[Tick] = []
    for _ in range(draw(st.integers(2, 12))):
        at += timedelta(seconds=draw(st.sampled_from((5, 30, 70))))
        opened, close = draw(levels), draw(levels)
        high = max(opened, close) + draw(st.integers(0, 4))
        low = min(opened, close) - draw(st.integers(0, 4))
        seconds = draw(st.sampled_from((5, 60)))
        ticks.append(Tick("bitcoin", at, opened, high, low, close, "test", bar_seconds=seconds))
    last_seen, _ = fold(LastSeen(), ticks[:1])
    return last_seen, fold(last_seen, ticks[1:])[1]


@st.composite
def watches(draw: st.DrawFn, last_seen: LastSeen) -> Watch:
    """A watch that begins at the last price."""
    compared = PriceCondition(draw(st.sampled_from(Operator)), draw(levels), draw(st.sampled_from(PriceType)))
    watch = Watch(
        "bitcoin",
        compared.series,
        compared.operator,
        compared.threshold,
        hysteresis=Decimal(draw(st.sampled_from((0, 1, 3)))),
        once=draw(st.booleans()),
    )
    return begin(watch, last_seen, fire_if_true=False)[0]
