"""Average cost as other projects publish it: their cases, and ours of the same kind that need no file."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core import money
from portfolio.domain.cost_basis import AveragePool, average_cost
from portfolio.domain.fills import Fill, Side
from portfolio.domain.holdings import History, replay
from portfolio.domain.trades import Trade

CASES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "portfolio-cases.json"
published = pytest.mark.skipif(not CASES.exists(), reason=f"the published figures are not at {CASES}")
Lots = dict[str, dict[str, Any]]
START = datetime(2021, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def lots() -> Lots:
    cases: dict[str, Any] = json.loads(CASES.read_text())
    return {case["id"]: case for case in cases["lots"]} | {case["id"]: case for case in cases["valuation"]}


@published
def test_a1_every_gain_and_every_pool(lots: Lots) -> None:
    trades = lots["A1"]["trades"]
    history = replayed(priced(trades))
    assert realized(history) == decimals(lots["A1"]["realized_each_sell"])
    pools = [replayed(priced(trades[:count])).pool.cost for count in range(1, len(trades) + 1)]
    assert pools == decimals(lots["A1"]["pool_cost_after_each"])


@published
def test_a2_fees_are_inside_the_basis(lots: Lots) -> None:
    history = replayed(totalled(lots["A2"]["trades_total"]))
    assert realized(history) == decimals(lots["A2"]["average_fees_inside_basis"]["realized_each_sell"])


@published
@pytest.mark.parametrize("case", ["A6a", "A6b"])
def test_a6_realized_remaining_and_unrealized_to_the_cent(lots: Lots, case: str) -> None:
    history = replayed(totalled(lots[case]["trades_total"]))
    worth = history.pool.quantity * Decimal(lots[case]["price"])
    expected = lots[case]["average"]
    assert [money.to_cents(gain) for gain in realized(history)] == decimals([expected["realized"]])
    assert money.to_cents(history.pool.cost) == Decimal(expected["remaining_cost"])
    assert money.to_cents(worth - history.pool.cost) == Decimal(expected["unrealized"])


@published
def test_a6d_leaves_no_dust(lots: Lots) -> None:
    assert replayed(totalled(lots["A6d"]["trades_total"])).pool.cost == Decimal(lots["A6d"]["remaining_cost"])


@published
def test_a9a_net_of_all_fees(lots: Lots) -> None:
    history = replayed(priced(lots["A9a"]["trades_fee"]))
    assert sum(realized(history)) == Decimal(lots["A9a"]["realized_net_of_all_fees"])


@published
def test_a9b_and_a9c_average_cost(lots: Lots) -> None:
    assert average_cost(replayed(priced(lots["A9b"]["trades"])).pool) == Decimal(lots["A9b"]["average_cost"])
    average = average_cost(replayed(priced(lots["A9c"]["trades"])).pool)
    assert average is not None
    assert average.quantize(Decimal("0.0001")) == Decimal(lots["A9c"]["average_cost_4dp"])


@published
def test_b1_valuation_net_of_the_fee(lots: Lots) -> None:
    pool = replayed(priced(lots["B1"]["trades_fee"])).pool
    assert pool.quantity * Decimal(lots["B1"]["price"]) - pool.cost == Decimal(lots["B1"]["net"])


def test_own_figures_of_the_same_kind() -> None:
    history = replayed(priced([("buy", "2", "10"), ("sell", "1", "16", "1"), ("buy", "1", "30"), ("sell", "2", "25")]))
    assert realized(history) == decimals(["5", "10"])
    assert history.pool == AveragePool()


def test_own_figures_with_thirds() -> None:
    history = replayed(totalled([("buy", "3", "10"), ("sell", "1", "4"), ("sell", "1", "4"), ("sell", "1", "4")]))
    assert realized(history) == decimals(["0.66666667", "0.66666666", "0.66666667"])
    assert sum(realized(history)) == 2


def decimals(texts: Iterable[str]) -> list[Decimal]:
    return [Decimal(text) for text in texts]


def realized(history: History) -> list[Decimal]:
    return [gain.realized for gain in history.gains.values()]


def priced(rows: Iterable[Sequence[Any]]) -> list[Fill]:
    """Fills of (side, quantity, price, fee?), the amount exact as published figures have it."""
    fills = []
    for side, quantity, price, *fee in rows:
        amount = Decimal(quantity) * Decimal(price)
        fills.append(_fill(side, quantity, price, amount, fee))
    return fills


def totalled(rows: Iterable[Sequence[Any]]) -> list[Fill]:
    """Fills of (side, quantity, total, fee?)."""
    return [
        _fill(side, quantity, Decimal(total) / Decimal(quantity), Decimal(total), fee)
        for side, quantity, total, *fee in rows
    ]


def replayed(fills: Iterable[Fill]) -> History:
    """What these fills come to, one after another."""
    return replay(
        Trade(
            username="alice",
            trade_id=f"{index:03d}",
            at=START + timedelta(days=index),
            asset_id="bitcoin",
            symbol="BTC",
            fill=fill,
            order_id=None,
            settlement="account",
            created_at=START,
        )
        for index, fill in enumerate(fills)
    )


def _fill(side: Side, quantity: str, price: Any, amount: Decimal, fee: list[str]) -> Fill:
    return Fill(side, Decimal(quantity), Decimal(price), amount, Decimal(fee[0]) if fee else Decimal(0))
