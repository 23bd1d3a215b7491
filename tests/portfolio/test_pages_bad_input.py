"""Every form and filter with input that makes no sense: the page again, with a sentence beside the field."""

from typing import Any

import pytest
from django.test import Client

from core import clock
from core.ids import derived_id
from portfolio import selectors
from tests.builders import a_user, signed_in
from tests.portfolio.builders import a_coin, an_id

MOVEMENT: dict[str, str] = {"amount": "10", "description": "x"}
ORDER: dict[str, str] = {"side": "buy", "asset": "bitcoin", "by": "quantity", "size": "1"}
TRADE: dict[str, str] = {
    "side": "buy",
    "asset": "bitcoin",
    "timestamp": "2025-02-03T10:30",
    "quantity": "1",
    "price": "90",
    "fee": "1",
    "settlement": "outside",
}
BAD_NUMBERS = [
    "NaN",
    "Infinity",
    "-1",
    "0",
    "1e400",
    "1e999999999",
    "1e16",
    "0.000000001",
    "1e-999999999",
    "",
    "ten",
    "1,5",
    "\x00",
    "9" * 41,
]
ASSETS = ["nothing", "", "x" * 101, "\x00"]

CASES: list[tuple[str, dict[str, str], str, str]] = [
    *((path, MOVEMENT, "amount", bad) for path in ("deposit", "withdraw") for bad in [*BAD_NUMBERS, "0.001"]),
    ("deposit", MOVEMENT, "description", "x" * 501),
    ("withdraw", MOVEMENT, "amount", "10000.01"),
    ("deposit", MOVEMENT, "amount", "10000.01"),
    *(("trade", ORDER, "size", bad) for bad in BAD_NUMBERS),
    *(("trade", ORDER, "asset", bad) for bad in ASSETS),
    *(("trade", ORDER, "side", bad) for bad in ("hold", "")),
    *(("trade", ORDER, "by", bad) for bad in ("weight", "")),
    *(("transactions/add", TRADE, field, bad) for field in ("quantity", "price") for bad in BAD_NUMBERS),
    *(("transactions/add", TRADE, "fee", bad) for bad in ("-1", "NaN", "1e400", "0.001", "x")),
    *(("transactions/add", TRADE, "asset", bad) for bad in ASSETS),
    *(("transactions/add", TRADE, "side", bad) for bad in ("short", "")),
    *(("transactions/add", TRADE, "settlement", bad) for bad in ("elsewhere", "")),
    *(
        ("transactions/add", TRADE, "timestamp", bad)
        for bad in ("", "yesterday", "2999-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59", "1969-12-31T00:00")
    ),
]


@pytest.fixture
def client() -> Client:
    a_coin()
    return signed_in(a_user(time_zone="America/New_York"))


@pytest.mark.parametrize(("path", "fields", "name", "bad"), CASES)
def test_the_form_comes_again_and_says_what_is_wrong(
    client: Client, path: str, fields: dict[str, str], name: str, bad: str
) -> None:
    response = client.post(f"/portfolio/{path}/", {"id": an_id(), **fields, name: bad})
    assert response.status_code == 422
    form: Any = response.context["form"]
    assert form.errors
    assert name in form.errors or "__all__" in form.errors
    assert 'class="notice error"' in response.content.decode()
    assert len(selectors.ledger_all("alice")) == 1


@pytest.mark.parametrize(("path", "fields"), [("deposit", MOVEMENT), ("trade", ORDER), ("transactions/add", TRADE)])
@pytest.mark.parametrize("identifier", ["", "1", "x" * 37, derived_id(clock.EPOCH, "old")])
def test_a_form_whose_id_is_none_or_too_old_comes_again_with_a_new_one(
    client: Client, path: str, fields: dict[str, str], identifier: str
) -> None:
    response = client.post(f"/portfolio/{path}/", {**fields, "id": identifier})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'class="notice error"' in page
    assert f'name="id" value="{identifier}"' not in page
    assert len(selectors.ledger_all("alice")) == 1


@pytest.mark.parametrize("path", ["deposit", "withdraw", "trade", "transactions/add"])
def test_an_empty_form_comes_again(client: Client, path: str) -> None:
    response = client.post(f"/portfolio/{path}/")
    assert response.status_code == 422
    assert len(selectors.ledger_all("alice")) == 1


@pytest.mark.parametrize("name", [*ORDER, "colour"])
@pytest.mark.parametrize("bad", ["", "\x00", "x" * 3000, "NaN"])
def test_a_preview_of_nonsense_is_a_page(client: Client, name: str, bad: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        response = client.get("/portfolio/trade/", {**ORDER, name: bad}, headers=headers)
        assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("ledger", {"type": "GIFT"}),
        ("ledger", {"from": "yesterday"}),
        ("ledger", {"to": "2026-13-01"}),
        ("ledger", {"to": "9999-12-31"}),
        ("ledger", {"from": "2026-02-01", "to": "2026-01-31"}),
        ("transactions", {"asset": "nothing"}),
        ("transactions", {"from": "0001-01-01"}),
        ("transactions", {"asset": "x" * 3000}),
        ("orders", {"asset": "nothing"}),
    ],
)
def test_a_wrong_filter_says_so(client: Client, path: str, query: dict[str, str]) -> None:
    response = client.get(f"/portfolio/{path}/", query)
    assert response.status_code == 422
    assert response.context["filter"].errors
    assert 'class="error"' in response.content.decode()


@pytest.mark.parametrize("path", ["ledger", "transactions", "orders"])
def test_a_broken_cursor_is_the_first_page_and_a_word_about_it(client: Client, path: str) -> None:
    response = client.get(f"/portfolio/{path}/", {"cursor": "abc"})
    assert response.status_code == 200
    assert "this is the first one" in response.content.decode()


@pytest.mark.parametrize("sort", ["", "-", "colour", "\x00"])
def test_an_unknown_sort_is_ignored(client: Client, sort: str) -> None:
    assert client.get("/portfolio/", {"sort": sort, "order": "\x00,,x"}).status_code == 200


@pytest.mark.parametrize("order_id", ["1", "%00", "x" * 2000, "ünïcödé", "01932f0a-7c00-7abc-8def-0123456789ab"])
def test_an_order_that_is_not_there(client: Client, order_id: str) -> None:
    assert client.get(f"/portfolio/orders/{order_id}/").status_code == 404


@pytest.mark.parametrize("path", ["", "orders/", "transactions/", "ledger/"])
def test_what_only_shows_takes_no_post(client: Client, path: str) -> None:
    assert client.post(f"/portfolio/{path}").status_code == 405
