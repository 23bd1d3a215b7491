"""A repeated id is one thing; the same id with another body is refused; an id out of time is wrong."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from core import clock
from core.accounts.domain import User
from core.errors import InvalidInput, Refused
from core.ids import derived_id
from portfolio import selectors, services
from portfolio.selectors import MovementDraft, OrderDraft, TradeDraft
from tests.portfolio.builders import a_coin, an_account, an_id, cash_of, check_adds_up

BODIES: dict[str, dict[str, Any]] = {
    "order": {"side": "buy", "asset_id": "bitcoin", "quantity": Decimal(1)},
    "deposit": {"amount": Decimal(100), "description": "Salary"},
    "withdrawal": {"amount": Decimal(100), "description": "Rent"},
    "trade": {
        "timestamp": datetime(2025, 2, 3, 10, 30, tzinfo=UTC),
        "side": "buy",
        "asset_id": "bitcoin",
        "quantity": Decimal(1),
        "price": Decimal(90),
        "fee": Decimal(1),
    },
}
DRAFTS: dict[str, Callable[..., Any]] = {
    "order": OrderDraft,
    "deposit": MovementDraft,
    "withdrawal": MovementDraft,
    "trade": TradeDraft,
}
SERVICES: dict[str, tuple[Callable[..., Any], str, str]] = {
    "order": (services.order_place, "order_id", "order_id"),
    "deposit": (services.deposit, "client_id", "transaction_id"),
    "withdrawal": (services.withdraw, "client_id", "transaction_id"),
    "trade": (services.trade_record, "trade_id", "transaction_id"),
}
"""The service, its name of the id, and the name that clients know the id by."""
CHANGES = [
    ("order", "side", {"side": "sell"}),
    ("order", "asset_id", {"asset_id": "ethereum"}),
    ("order", "quantity", {"quantity": Decimal(2)}),
    ("order", "amount", {"quantity": None, "amount": Decimal(100)}),
    ("trade", "asset_id", {"asset_id": "ethereum"}),
    ("deposit", "amount", {"amount": Decimal(101)}),
    ("deposit", "description", {"description": "Bonus"}),
    ("withdrawal", "amount", {"amount": Decimal(99)}),
    ("trade", "timestamp", {"timestamp": datetime(2025, 2, 3, 10, 31, tzinfo=UTC)}),
    ("trade", "side", {"side": "sell"}),
    ("trade", "quantity", {"quantity": Decimal(2)}),
    ("trade", "price", {"price": Decimal(91)}),
    ("trade", "fee", {"fee": Decimal(0)}),
    ("trade", "settlement", {"settlement": "account"}),
]


@pytest.fixture
def alice() -> User:
    a_coin()
    a_coin("ethereum")
    return an_account()


def call(user: User, kind: str, identifier: str, **changes: Any) -> Any:
    """The service of this kind with its body, changed in some fields."""
    service, id_name, _ = SERVICES[kind]
    draft = DRAFTS[kind](**{**BODIES[kind], **changes})
    return service(user, **{id_name: identifier}, draft=draft)


@pytest.mark.parametrize("kind", SERVICES)
def test_a_repeated_request_returns_what_the_first_one_made(alice: User, kind: str) -> None:
    identifier = an_id()
    first = call(alice, kind, identifier)
    cash, rows = cash_of(alice), selectors.ledger_all("alice")
    assert call(alice, kind, identifier) == first
    assert (cash_of(alice), selectors.ledger_all("alice")) == (cash, rows)
    check_adds_up(alice)


@pytest.mark.parametrize(("kind", "field", "changes"), CHANGES)
def test_another_body_under_the_same_id_is_refused_and_names_the_field(
    alice: User, kind: str, field: str, changes: dict[str, Any]
) -> None:
    identifier = an_id()
    call(alice, kind, identifier)
    with pytest.raises(Refused) as error:
        call(alice, kind, identifier, **changes)
    assert (error.value.code, error.value.field) == ("idempotency_mismatch", field)
    check_adds_up(alice)


def test_a_deposit_cannot_be_repeated_as_a_withdrawal(alice: User) -> None:
    identifier = an_id()
    call(alice, "deposit", identifier)
    with pytest.raises(Refused) as refused:
        call(alice, "withdrawal", identifier, description="Salary")
    assert refused.value.field == "transaction_type"


@pytest.mark.parametrize("kind", SERVICES)
def test_ids_of_two_users_have_nothing_to_do_with_each_other(alice: User, kind: str) -> None:
    bob, identifier = an_account("bob"), an_id()
    call(alice, kind, identifier)
    call(bob, kind, identifier)
    assert len(selectors.ledger_all("bob")) == len(selectors.ledger_all("alice"))


@pytest.mark.parametrize("kind", SERVICES)
@pytest.mark.parametrize("days", [-2, 2])
def test_a_new_thing_under_an_id_of_another_day_is_refused(alice: User, kind: str, days: int) -> None:
    identifier = derived_id(clock.now() + timedelta(days=days), "x")
    with pytest.raises(InvalidInput) as error:
        call(alice, kind, identifier)
    assert list(error.value.errors) == [SERVICES[kind][2]]


@pytest.mark.parametrize("kind", SERVICES)
@pytest.mark.parametrize("identifier", ["", "1", "550e8400-e29b-41d4-a716-446655440000", "x" * 5000])
def test_an_id_of_another_form_is_refused(alice: User, kind: str, identifier: str) -> None:
    with pytest.raises(InvalidInput) as error:
        call(alice, kind, identifier)
    assert list(error.value.errors) == [SERVICES[kind][2]]


def test_an_order_may_be_asked_for_again_days_later(alice: User) -> None:
    identifier = an_id()
    first = call(alice, "order", identifier)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        assert call(alice, "order", identifier) == first
