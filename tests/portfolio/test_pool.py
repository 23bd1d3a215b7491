"""The average-cost pool: no dust, no drift, every cent of cost in one place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.domain.cost_basis import AveragePool, average_cost


def test_an_empty_pool_has_no_average() -> None:
    assert average_cost(AveragePool()) is None


def test_a_purchase_moves_the_average_and_a_sale_does_not() -> None:
    pool = AveragePool().bought(Decimal(1), Decimal(10)).bought(Decimal(2), Decimal(26))
    assert average_cost(pool) == Decimal(12)
    assert average_cost(pool.sold(Decimal("0.7"))) == Decimal(12)


def test_selling_the_last_unit_takes_all_the_cost() -> None:
    pool = AveragePool(Decimal(10), Decimal("0.01")).sold(Decimal(3)).sold(Decimal(3))
    assert pool.cost == Decimal("0.004")
    assert pool.sold(Decimal(4)) == AveragePool(Decimal(0), Decimal(0))


def test_a_new_start_after_selling_everything_forgets_the_old_cost() -> None:
    pool = AveragePool().bought(Decimal(10), Decimal(1000)).sold(Decimal(10)).bought(Decimal(10), Decimal(3000))
    assert average_cost(pool) == Decimal(300)


def test_more_than_there_is_cannot_be_sold() -> None:
    with pytest.raises(ValueError, match="more units"):
        AveragePool(Decimal(1), Decimal(5)).sold(Decimal("1.00000001"))


@given(
    cost=st.decimals("0.01", "100000", places=2),
    parts=st.lists(st.decimals("0.00000001", "10", places=8), min_size=2, max_size=12),
)
def test_parts_sold_one_after_another_cost_what_the_whole_did(cost: Decimal, parts: list[Decimal]) -> None:
    pool = AveragePool(sum(parts, Decimal(0)), cost)
    average = cost / pool.quantity
    paid = Decimal(0)
    for index, part in enumerate(parts, start=1):
        paid += pool.cost_of(part)
        pool = pool.sold(part)
        assert pool.cost >= 0
        assert abs(pool.cost - average * pool.quantity) <= index * Decimal("0.00000001")
    assert (pool, paid) == (AveragePool(Decimal(0), Decimal(0)), cost)
