"""What is only read half-way is no disagreement: it is gone when it is read again."""

from decimal import Decimal

from core.agreement import reconcile
from core.storage import Page, Query, Store
from tests.builders import a_user
from tests.market.builders import an_asset
from tests.portfolio.builders import bought
from tests.reconciling.books import found, rows, spoil


class Busy(Store):
    """The same data as another store, on which a user buys while the user's rows are read."""

    def __init__(self, whole: Store, username: str, times: int) -> None:
        super().__init__(whole._backend)
        self._user = a_user(username)
        an_asset(price="100")
        self.times = times

    def query(self, query: Query) -> Page:
        page = super().query(query)
        if query.table.name == "Portfolios" and page.items and self.times:
            self.times -= 1
            bought(self._user, quantity="1")
        return page


def test_a_user_who_buys_meanwhile(store: Store) -> None:
    busy = Busy(store, "alice", times=2)
    assert {each.rule for each in reconcile(busy, pauses=()).disagreements} == {
        "holdings_follow_from_trades",
        "trades_have_ledger_rows",
        "usage_is_what_is_kept",
    }
    assert busy.times == 1
    assert reconcile(busy, pauses=(0, 0)).disagreements == []
    assert busy.times == 0


def test_a_lasting_fault_is_reported_though_the_user_goes_on(store: Store) -> None:
    busy = Busy(store, "alice", times=10)
    [row] = rows(store, "Portfolios", entry="BALANCE")
    spoil("Portfolios", row, available=row["available"] + 7, current_balance=row["current_balance"] + 7)
    assert [each.difference for each in reconcile(busy, pauses=(0, 0)).disagreements if each.difference] == [Decimal(7)]


def test_one_user_alone_is_looked_at(store: Store) -> None:
    for name in ("alice", "bob"):
        a_user(name)
    [row] = rows(store, "Portfolios", username="bob", entry="BALANCE")
    spoil("Portfolios", row, total_deposits=Decimal(1))
    assert found(store, username="alice") == []
    assert len(found(store, username="bob")) == 1
