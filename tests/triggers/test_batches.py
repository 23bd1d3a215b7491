"""A subscriber says how many rows go into one claim, and which of them must not go together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from market.triggers.claims import Claimer
from market.triggers.crossing import Operator, Watch
from market.triggers.moves import CLOSE
from market.triggers.subscriber import Claim, Claimed
from tests.triggers.prices import moves_of


@dataclass(frozen=True)
class Order:
    """What waits for a price; filling it changes the balance of its owner."""

    watched_id: str
    owner: str
    watch: Watch | None


class Orders:
    """Two at a time, and never two of one owner."""

    name = "orders"
    batch_size = 2

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def batch_key(self, watched: Order) -> str:
        return watched.owner

    def armed(self, arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Iterator[Order]:
        return iter(())

    def claim(self, asset_id: str, claims: Sequence[Claim[Order]]) -> list[Claimed[Order]]:
        self.batches.append([claim.watched.watched_id for claim in claims])
        return [Claimed(replace(claim.watched, watch=None), claim.firing is not None) for claim in claims]

    def read(self, watched: Sequence[Order]) -> list[Order | None]:
        return list(watched)

    def after_look(self, asset_id: str, fired: int) -> None:
        """Nothing follows."""


def order(number: int, owner: str) -> Order:
    watch = Watch("bitcoin", CLOSE, Operator.AT_OR_ABOVE, Decimal(100 + number))
    return Order(str(number), owner, watch)


def batches(*owners: str) -> list[list[str]]:
    orders = Orders()
    proposed = [order(number, owner) for number, owner in enumerate(owners, 1)]
    taken = list(Claimer(orders, "bitcoin", moves_of("100", "150")).take(proposed))
    assert [rows for rows, _ in taken] == [fired for _, fired in taken] == [len(batch) for batch in orders.batches]
    return orders.batches


def test_a_batch_is_as_large_as_the_subscriber_says() -> None:
    assert batches("alice", "bob", "carol") == [["1", "2"], ["3"]]


def test_two_rows_of_one_key_are_never_in_one_batch_and_keep_their_order() -> None:
    assert batches("alice", "alice", "bob", "bob", "alice") == [["1"], ["2", "3"], ["4", "5"]]


def test_rows_that_the_moves_do_not_change_are_in_no_batch() -> None:
    assert batches() == []
