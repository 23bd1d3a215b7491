"""What is under way while its account is erased leaves nothing behind, so that the name can be taken again."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.accounts.domain import User
from core.accounts.services import account_erase
from core.errors import NotFound
from core.storage import Store
from portfolio import selectors, services
from portfolio.tables import PORTFOLIOS
from tests.builders import a_user
from tests.portfolio.builders import a_coin, an_order, bought, cash_of, paid_in, recorded, taken_out


def _deposit(user: User) -> None:
    paid_in(user, "5")


def _withdraw(user: User) -> None:
    taken_out(user, "5")


def _order(user: User) -> None:
    bought(user, quantity="1")


def _past_trade(user: User) -> None:
    recorded(user, "buy", "1", "90", clock.now() - timedelta(days=1))


@pytest.mark.parametrize("write", [_deposit, _withdraw, _order, _past_trade])
def test_a_write_after_the_erasure_is_refused_and_leaves_no_row(store: Store, write: Callable[[User], None]) -> None:
    alice = a_user()
    a_coin()
    account_erase("alice")

    with pytest.raises(NotFound):
        write(alice)

    assert list(store.dump(PORTFOLIOS)) == []
    assert cash_of(a_user()) == Decimal(10000)


def test_a_book_that_was_never_opened_reads_as_empty() -> None:
    a_coin()
    alice = User("alice", "alice@example.com")

    assert selectors.portfolio_of(alice).cash.balance == 0
    preview = services.order_preview(alice, an_order(quantity="1"))

    assert preview.refusal is not None
