"""Forms and requests that make something, sent again with other values or after more than a day: in every app alike."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from core import clock
from core.ids import derived_id, id_time, new_id
from tests.builders import a_user, api_client, signed_in
from tests.journeys.browsing import HIDDEN
from tests.portfolio.builders import a_coin

OK, CREATED, FOUND, BAD, CONFLICT, INVALID = 200, 201, 302, 400, 409, 422
TODAY = f"{clock.now():%Y-%m-%d}"
FORMS: dict[str, dict[str, Any]] = {
    "/portfolio/deposit/": {"amount": "5"},
    "/portfolio/withdraw/": {"amount": "5"},
    "/portfolio/trade/": {"side": "buy", "asset": "bitcoin", "by": "amount", "size": "50"},
    "/portfolio/transactions/add/": {
        "timestamp": "2026-01-02T10:30",
        "side": "buy",
        "asset": "bitcoin",
        "quantity": "1",
        "price": "90",
        "settlement": "outside",
    },
    "/budgets/expenses/add/": {"amount": "12.50", "category": "Food & Dining", "date": TODAY, "tags": "work, team"},
    "/budgets/imports/add/": {"file": "Date,Amount,Payee\n2026-01-02,-3.50,Tea\n"},
    "/carbon/entries/add/": {
        "activity": "car_petrol",
        "amount": "100",
        "unit": "km",
        "occupancy": "1",
        "timestamp": f"{TODAY}T00:00",
    },
    "/carbon/goals/add/": {"category": "all", "period": "monthly", "way": "kg", "target_kg": "200"},
    "/alerts/add/": {
        "asset_id": "bitcoin",
        "price_type": "close",
        "operator": ">",
        "threshold": "110",
        "frequency": "once",
        "cooldown": "300",
        "hysteresis": "0",
        "outward": ["email"],
    },
}
OTHER_VALUES: dict[str, dict[str, str]] = {
    "/portfolio/deposit/": {"amount": "6"},
    "/portfolio/withdraw/": {"amount": "6"},
    "/portfolio/trade/": {"size": "60"},
    "/portfolio/transactions/add/": {"price": "91"},
    "/budgets/expenses/add/": {"amount": "13"},
    "/budgets/imports/add/": {"file": "Date,Amount,Payee\n2026-01-02,-4.50,Milk\n"},
    "/carbon/entries/add/": {"amount": "7"},
    "/carbon/goals/add/": {"target_kg": "150"},
    "/alerts/add/": {"threshold": "120"},
}
BODIES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "orders/": ("order_id", {"side": "buy", "type": "market", "asset_id": "bitcoin", "amount": "50"}, {"amount": "60"}),
    "transactions/": (
        "transaction_id",
        {"timestamp": "2026-01-02T10:30:00Z", "type": "buy", "asset_id": "bitcoin", "quantity": "1", "price": "90"},
        {"price": "91"},
    ),
    "expenses/": ("expense_id", {"amount": "12.50", "category": "Food & Dining"}, {"amount": "13"}),
    "carbon/entries/": ("entry_id", {"activity": "car_petrol", "amount": "100", "unit": "km"}, {"amount": "7"}),
    "carbon/goals/": (
        "goal_id",
        {"category": "all", "period": "monthly", "target_kg": "200"},
        {"target_kg": "150"},
    ),
    "alerts/": (
        "alert_id",
        {"asset_id": "bitcoin", "condition": {"operator": ">", "threshold": "110"}},
        {"condition": {"operator": ">", "threshold": "120"}},
    ),
}
"""By endpoint: the name of its id, a body, and what another one says."""


@pytest.fixture
def browser() -> Client:
    a_coin()
    return signed_in(a_user())


@pytest.fixture
def program() -> APIClient:
    a_coin()
    return api_client(a_user())


def an_old_id() -> str:
    """The id of a form that was opened more than a day ago."""
    return derived_id(clock.now() - timedelta(hours=25), "old")


def sent(browser: Client, address: str, said: Mapping[str, Any]) -> Any:
    """The answer to a form; a file goes as one."""
    files = {name: SimpleUploadedFile("bank.csv", text.encode()) for name, text in said.items() if name == "file"}
    return browser.post(address, {**said, **files})


def id_on(page: Any) -> str:
    """The hidden id of the form on a page: one of now."""
    hidden: dict[str, str] = dict(HIDDEN.findall(page.content.decode()))
    assert abs(id_time(hidden["id"]) - clock.now()) < timedelta(hours=1)
    return str(hidden["id"])


def check_kept(page: Any, said: Mapping[str, Any]) -> None:
    """Raises AssertionError unless the form on a page has the values that were sent."""
    form = page.context["form"]
    kept = {name: form[name].value() for name in said if name in form.fields and name not in ("id", "file")}
    assert kept == {name: said[name] for name in kept}


@pytest.mark.parametrize("address", FORMS)
def test_a_form_sent_again_with_other_values_comes_back_and_is_taken_when_it_is_sent_once_more(
    browser: Client, address: str
) -> None:
    first = {"id": new_id(), **FORMS[address]}
    assert sent(browser, address, first).status_code == FOUND
    edited = first | OTHER_VALUES[address]
    page = sent(browser, address, edited)
    assert page.status_code == INVALID
    check_kept(page, edited)
    fresh = id_on(page)
    assert fresh != first["id"]
    assert sent(browser, address, {**edited, "id": fresh}).status_code == FOUND


@pytest.mark.parametrize("address", [*FORMS, "/settings/api-keys/"])
@pytest.mark.parametrize("identifier", [None, "", "x", "x" * 5_000])
def test_a_form_left_open_for_more_than_a_day_keeps_what_was_typed_and_is_taken_when_it_is_sent_again(
    browser: Client, address: str, identifier: str | None
) -> None:
    said = FORMS.get(address, {"name": "My bot", "scope": "read", "life": "90"})
    page = sent(browser, address, {**said, "id": an_old_id() if identifier is None else identifier})
    assert page.status_code == INVALID
    check_kept(page, said)
    again = sent(browser, address, {**said, "id": id_on(page)})
    assert again.status_code == (OK if address == "/settings/api-keys/" else FOUND)


@pytest.mark.parametrize("endpoint", BODIES)
def test_a_request_under_the_same_id_with_other_values_is_refused_and_taken_under_a_new_one(
    program: APIClient, endpoint: str
) -> None:
    id_name, body, other = BODIES[endpoint]
    first = {**body, id_name: new_id()}
    address = f"/api/v1/{endpoint}"
    assert program.post(address, first, format="json").status_code == CREATED
    refused = program.post(address, {**first, **other}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (CONFLICT, "idempotency_mismatch")
    assert program.post(address, {**body, **other, id_name: new_id()}, format="json").status_code == CREATED


@pytest.mark.parametrize("endpoint", BODIES)
def test_a_request_under_an_id_of_long_ago_says_at_the_id_what_to_do(program: APIClient, endpoint: str) -> None:
    id_name, body, _ = BODIES[endpoint]
    refused = program.post(f"/api/v1/{endpoint}", {**body, id_name: an_old_id()}, format="json")
    assert (refused.status_code, refused.json()["code"], list(refused.json()["errors"])) == (BAD, "invalid", [id_name])
