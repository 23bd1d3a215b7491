"""32 threads at one account: nothing is lost, doubled or overdrawn, on every store."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier

import pytest
from pytest_django.fixtures import Settings

from core.accounts.domain import User
from core.errors import Refused
from core.storage import StoreUnavailable
from portfolio import selectors, services
from portfolio.domain.fills import Side
from portfolio.selectors import MovementDraft, OrderDraft
from tests.portfolio.builders import (
    a_coin,
    an_account,
    an_id,
    bought,
    cash_of,
    check_adds_up,
    paid_in,
    quantity_of,
    recorded,
)

THREADS = 32
TRIES = 1000


def until_answered(work: Callable[[], object]) -> str:
    """What came of it: `done`, or the code of the refusal. A 503 is answered by the same request again."""
    for _ in range(TRIES):
        try:
            work()
        except StoreUnavailable:
            continue
        except Refused as refused:
            return refused.code
        return "done"
    raise AssertionError(f"no answer in {TRIES} tries")


def at_once(jobs: Sequence[Callable[[], object]]) -> Counter[str]:
    """All jobs, each in a thread of its own, started together; how often each outcome came."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> str:
        barrier.wait()
        return until_answered(job)

    with ThreadPoolExecutor(len(jobs)) as pool:
        return Counter(pool.map(run, jobs))


def an_order(
    user: User, side: Side, quantity: Decimal, order_id: str | None = None, *, asset_id: str = "bitcoin"
) -> Callable[[], object]:
    """A job that places one order, under the same id however often it is asked."""
    order_id = order_id or an_id()

    def place() -> object:
        return services.order_place(user, order_id=order_id, draft=OrderDraft(side, asset_id, quantity))

    return place


def a_payment(user: User, service: Callable[..., object]) -> Callable[[], object]:
    """A job that pays in or out once, however often it is asked."""
    client_id = an_id()
    return lambda: service(user, client_id=client_id, draft=MovementDraft(Decimal("12.34")))


@pytest.mark.every_backend
def test_buying_selling_and_paying_at_once_adds_up_to_the_last_cent(settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = Decimal(7)
    settings.STORE_RETRY_SECONDS = Decimal("0.5")
    a_coin(price="33.37")
    a_coin("ethereum", "7.03")
    alice = an_account()
    bought(alice, quantity="20")
    bought(alice, "ethereum", quantity="90")
    randomness = random.Random(32)

    def some() -> Decimal:
        return Decimal(randomness.randrange(100_000_000, 900_000_000)).scaleb(-8)

    orders = [
        an_order(alice, side, some(), asset_id=asset_id)
        for side in ("buy", "sell")
        for asset_id in ("bitcoin", "ethereum")
        for _ in range(6)
    ]
    payments = [a_payment(alice, service) for service in (services.deposit, services.withdraw) for _ in range(4)]
    outcomes = at_once([*orders, *payments])
    placed = selectors.orders_newest("alice", 100).items
    trades = selectors.trades_all("alice")
    paid = [row for row in selectors.ledger_all("alice") if row.transaction_type in ("DEPOSIT", "WITHDRAW")]
    assert len(orders) + len(payments) == THREADS
    assert set(outcomes) <= {"done", "insufficient_holdings"}
    assert outcomes["done"] == len(placed) - 2 + len(paid) == len(trades) - 2 + len(paid)
    assert len(paid) == len(payments)
    check_adds_up(alice)


@pytest.mark.every_backend
def test_of_many_who_want_the_last_money_and_the_last_coin_few_get_it(settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = Decimal("0.5")
    a_coin(price="100")
    alice = an_account(account="empty")
    paid_in(alice, "450")
    recorded(alice, "buy", "5", "80", datetime(2025, 1, 1, tzinfo=UTC))
    outcomes = at_once([an_order(alice, "buy", Decimal(1)) for _ in range(THREADS)])
    assert outcomes == {"done": 4, "insufficient_funds": THREADS - 4}
    outcomes = at_once([an_order(alice, "sell", Decimal(1)) for _ in range(THREADS)])
    assert outcomes == {"done": 9, "insufficient_holdings": THREADS - 9}
    assert (cash_of(alice), quantity_of(alice)) == (Decimal(950), Decimal(0))
    check_adds_up(alice)


@pytest.mark.every_backend
def test_one_request_sent_by_all_threads_is_one_order() -> None:
    a_coin(price="100")
    alice, order_id = an_account(), an_id()
    outcomes = at_once([an_order(alice, "buy", Decimal(1), order_id) for _ in range(THREADS)])
    assert outcomes == {"done": THREADS}
    assert len(selectors.orders_newest("alice", 100).items) == 1
    assert cash_of(alice) == Decimal(9900)
    check_adds_up(alice)


def test_past_trades_recorded_at_once_with_orders_end_in_the_same_pool() -> None:
    a_coin(price="100")
    alice = an_account()
    bought(alice, quantity="10")

    def past(month: int) -> Callable[[], object]:
        identifier = an_id()
        return lambda: recorded(alice, "buy", "1", "80", datetime(2025, month, 1, tzinfo=UTC), trade_id=identifier)

    jobs = [job for month in range(1, 9) for job in (past(month), an_order(alice, "sell", Decimal("0.5")))]
    assert at_once(jobs) == {"done": 16}
    assert quantity_of(alice) == Decimal(14)
    check_adds_up(alice)
