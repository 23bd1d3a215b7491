"""Whatever a user does in whatever order: the ledger adds up, and holdings are what the trades make them."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pytest_django.fixtures import Settings

from core import clock
from core.errors import InvalidInput, Refused
from core.storage import open_store, using
from core.tables import TABLES as CORE_TABLES
from market.tables import TABLES as MARKET_TABLES
from portfolio import selectors, services
from portfolio.domain.fills import Side
from portfolio.selectors import OrderDraft
from portfolio.tables import TABLES as PORTFOLIO_TABLES
from tests.portfolio.builders import a_coin, an_account, an_id, check_adds_up, paid_in, recorded, taken_out

MONEY = st.decimals("0.01", "9000", places=2)
QUANTITIES = st.decimals("0.00000001", "40", places=8)
PRICES = st.decimals("0.01", "300", places=4)
FEES = st.decimals("0", "3", places=2)
ASSETS = st.sampled_from(["bitcoin", "ethereum"])
SIDES = st.sampled_from(["buy", "sell"])
START = clock.from_text("2025-01-01T00:00:00Z")


class Account(RuleBasedStateMachine):
    """One account, and everything that can be done with it; what is refused must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._store = open_store("memory://")
        self._store.create_tables([*CORE_TABLES, *MARKET_TABLES, *PORTFOLIO_TABLES])
        self._using = using(self._store)
        self._using.__enter__()

    def teardown(self) -> None:
        self._using.__exit__(None, None, None)
        self._store.close()

    @initialize(account=st.sampled_from(["practice", "empty"]))
    def open(self, account: str) -> None:
        a_coin("bitcoin", "97.31")
        a_coin("ethereum", "3.07")
        self.user = an_account(account=account)  # type: ignore[arg-type]

    @rule(amount=MONEY)
    def deposit(self, amount: Decimal) -> None:
        self._try(lambda: paid_in(self.user, str(amount)))

    @rule(amount=MONEY)
    def withdraw(self, amount: Decimal) -> None:
        self._try(lambda: taken_out(self.user, str(amount)))

    @rule(side=SIDES, asset_id=ASSETS, quantity=QUANTITIES)
    def order_by_quantity(self, side: Side, asset_id: str, quantity: Decimal) -> None:
        self._try(lambda: services.order_place(self.user, order_id=an_id(), draft=OrderDraft(side, asset_id, quantity)))

    @rule(side=SIDES, asset_id=ASSETS, amount=MONEY)
    def order_by_amount(self, side: Side, asset_id: str, amount: Decimal) -> None:
        self._try(
            lambda: services.order_place(self.user, order_id=an_id(), draft=OrderDraft(side, asset_id, amount=amount))
        )

    @rule(asset_id=ASSETS)
    def sell_everything(self, asset_id: str) -> None:
        held = [each.quantity for each in selectors.portfolio_of(self.user).holdings if each.asset.asset_id == asset_id]
        if held:
            self.order_by_quantity(side="sell", asset_id=asset_id, quantity=held[0])

    @rule(
        side=SIDES,
        asset_id=ASSETS,
        quantity=QUANTITIES,
        price=PRICES,
        fee=FEES,
        hours=st.integers(0, 2000),
        settlement=st.sampled_from(["account", "outside"]),
    )
    def past_trade(
        self, side: Side, asset_id: str, quantity: Decimal, price: Decimal, fee: Decimal, hours: int, settlement: str
    ) -> None:
        self._try(
            lambda: recorded(
                self.user,
                side,
                str(quantity),
                str(price),
                START + timedelta(hours=hours),
                asset_id=asset_id,
                fee=str(fee),
                settlement=settlement,
            )
        )

    @invariant()
    def adds_up(self) -> None:
        check_adds_up(self.user)

    def _try(self, work: Callable[[], object]) -> None:
        before = selectors.ledger_all(self.user.username)
        try:
            work()
        except (Refused, InvalidInput):
            assert selectors.ledger_all(self.user.username) == before


@pytest.mark.parametrize("fee", ["0", "35"])
def test_any_sequence_keeps_the_books(fee: str, settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = Decimal(fee)
    run_state_machine_as_test(Account, settings=hypothesis_settings(max_examples=25, stateful_step_count=25))
