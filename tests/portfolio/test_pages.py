"""The portfolio's pages: what they show and do, without JavaScript."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from core import clock
from core.accounts.domain import User
from core.storage import measured
from portfolio import selectors
from tests.builders import a_user, signed_in
from tests.portfolio.builders import a_coin, bought, cash_of, check_adds_up, quantity_of, recorded, sold
from tests.portfolio.pages import hidden_fields, text_of

ACCOUNT_TABLES = ("Users", "Sessions")
TODAY = "%Y-%m-%d"


@pytest.fixture
def alice() -> User:
    a_coin(price="100")
    a_coin("ethereum", "10")
    return a_user()


@pytest.fixture
def client(alice: User) -> Client:
    return signed_in(alice)


def test_the_portfolio_shows_value_cash_and_holdings_in_two_requests(alice: User, client: Client) -> None:
    bought(alice, quantity="3")
    bought(alice, "ethereum", quantity="50")
    with measured() as usage:
        page = text_of(client, "/portfolio/")
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    for part in ("$10,000 .00", "9,200.00", "Bitcoin", "3 BTC", "Ethereum", "50 ETH", "500.00", "Best:", "Worst:"):
        assert part in page
    assert page.index("50 ETH") < page.index("3 BTC")


def test_holdings_sort_by_the_address(alice: User, client: Client) -> None:
    bought(alice, quantity="3")
    bought(alice, "ethereum", quantity="50")
    by_name = text_of(client, "/portfolio/", sort="name")
    assert by_name.index("3 BTC") < by_name.index("50 ETH")
    page = client.get("/portfolio/", {"sort": "name"}).content.decode()
    assert 'aria-sort="ascending"' in page


def test_a_refresh_keeps_the_rows_where_they_are(alice: User, client: Client) -> None:
    bought(alice, quantity="3")
    bought(alice, "ethereum", quantity="50")
    page = text_of(client, "/portfolio/", order="bitcoin,ethereum")
    assert page.index("3 BTC") < page.index("50 ETH")


def test_an_untouched_account_says_what_the_page_is_for() -> None:
    page = signed_in(a_user("bob", account="empty")).get("/portfolio/").content.decode()
    assert 'class="empty"' in page
    assert 'href="/portfolio/deposit/"' in page


def test_cash_without_holdings_invites_to_buy(client: Client) -> None:
    page = client.get("/portfolio/").content.decode()
    assert 'class="empty"' in page
    assert 'href="/portfolio/trade/' in page


def test_a_preview_and_the_order_it_offers(alice: User, client: Client) -> None:
    query = {"side": "buy", "asset": "bitcoin", "by": "amount", "size": "250"}
    with measured() as usage:
        page = text_of(client, "/portfolio/trade/", **query)
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    for part in ("Buy 2.5 BTC", "Price 100.00", "Cash afterwards 9,750.00", "BTC afterwards 2.5", "simulated", "test"):
        assert part in page
    fields = hidden_fields(client, "/portfolio/trade/", **query)
    assert fields.keys() == {"id", "side", "asset", "by", "size"}
    with measured() as usage:
        response = client.post("/portfolio/trade/", fields)
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert (response.status_code, response.headers["Location"]) == (302, f"/portfolio/orders/{fields['id']}/")
    page = text_of(client, response.headers["Location"])
    for part in ("2.5 BTC", "100.00", "250.00"):
        assert part in page
    assert quantity_of(alice) == Decimal("2.5")


def test_an_order_sent_twice_is_one(alice: User, client: Client) -> None:
    fields = hidden_fields(client, "/portfolio/trade/", side="buy", asset="bitcoin", by="quantity", size="1")
    assert [client.post("/portfolio/trade/", fields).status_code for _ in range(2)] == [302, 302]
    assert quantity_of(alice) == Decimal(1)


def test_the_preview_of_a_sale_shows_cost_and_gain(alice: User, client: Client, settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = Decimal(50)
    recorded(alice, "buy", "2", "60", datetime(2025, 1, 1, tzinfo=UTC))
    page = text_of(client, "/portfolio/trade/", side="sell", asset="bitcoin", by="quantity", size="1")
    for part in ("Sell 1 BTC", "Fee 0.50", "You receive 99.50", "Average cost 60.00", "Gain of this sale", "+39.50"):
        assert part in page


def test_what_would_be_refused_cannot_be_placed_and_the_page_says_why(client: Client) -> None:
    response = client.get("/portfolio/trade/", {"side": "sell", "asset": "bitcoin", "by": "quantity", "size": "1"})
    page = response.content.decode()
    assert response.context["preview"].refusal.code == "insufficient_holdings"
    assert re.search(r"<button[^>]*disabled", page)


def test_before_a_size_is_given_the_page_shows_what_there_is_to_spend(alice: User, client: Client) -> None:
    bought(alice, quantity="1.5")
    with measured() as usage:
        page = client.get("/portfolio/trade/", {"asset": "bitcoin"}).content.decode()
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert "9,850.00" in page
    assert "?side=sell&amp;asset=bitcoin&amp;by=quantity&amp;size=1.5" in page


def test_htmx_gets_the_preview_alone(client: Client) -> None:
    response = client.get(
        "/portfolio/trade/",
        {"side": "buy", "asset": "bitcoin", "by": "amount", "size": "250"},
        headers={"HX-Request": "true"},
    )
    page = response.content.decode()
    assert "<html" not in page
    assert 'name="size" value="250"' in page


def test_the_order_page_of_a_sale_shows_its_gain(alice: User, client: Client) -> None:
    bought(alice, quantity="2")
    order = sold(alice, quantity="1")
    page = text_of(client, f"/portfolio/orders/{order.order_id}/")
    for part in ("Sold 1 BTC", "filled", "100.00", "Gain by average cost", "simulated"):
        assert part in page


def test_deposit_and_withdrawal(alice: User, client: Client) -> None:
    for path, amount in (("/portfolio/deposit/", "500.25"), ("/portfolio/withdraw/", "100.25")):
        fields = hidden_fields(client, path)
        with measured() as usage:
            response = client.post(path, {**fields, "amount": amount, "description": "By hand"})
        assert usage.without(*ACCOUNT_TABLES).requests == 2
        assert (response.status_code, response.headers["Location"]) == (302, "/portfolio/")
        assert client.post(path, {**fields, "amount": amount, "description": "By hand"}).status_code == 302
    assert cash_of(alice) == Decimal("10400.00")
    check_adds_up(alice)


def test_a_form_sent_again_with_other_values_asks_whether_that_is_meant(alice: User, client: Client) -> None:
    fields = hidden_fields(client, "/portfolio/deposit/")
    client.post("/portfolio/deposit/", {**fields, "amount": "5"})
    response = client.post("/portfolio/deposit/", {**fields, "amount": "6"})
    page = response.content.decode()
    assert response.status_code == 422
    renewed = re.search(r'name="id" value="([^"]+)"', page)
    assert renewed is not None
    assert client.post("/portfolio/deposit/", {"id": renewed[1], "amount": "6"}).status_code == 302
    assert cash_of(alice) == Decimal(10011)


def test_the_daily_limit_shows_on_the_form_of_a_practice_account_alone(client: Client) -> None:
    assert "at most 5,000.00 a day" in text_of(client, "/portfolio/withdraw/")
    assert "a day" not in text_of(signed_in(a_user("bob", account="empty")), "/portfolio/withdraw/")


def test_a_past_trade_in_the_time_zone_of_the_user(client: Client) -> None:
    tokyo = a_user("bob", account="empty", time_zone="Asia/Tokyo")
    client = signed_in(tokyo)
    fields = hidden_fields(client, "/portfolio/transactions/add/")
    response = client.post(
        "/portfolio/transactions/add/",
        {
            **fields,
            "side": "buy",
            "asset": "bitcoin",
            "timestamp": "2025-02-03T08:30",
            "quantity": "0.5",
            "price": "90",
            "fee": "",
            "settlement": "outside",
        },
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/portfolio/transactions/")
    (trade,) = selectors.trades_all("bob")
    assert (trade.at, trade.fill.fee) == (datetime(2025, 2, 2, 23, 30, tzinfo=UTC), Decimal(0))
    assert "Bought BTC" in text_of(client, "/portfolio/transactions/")


def test_transactions_filter_by_asset_and_days_and_show_sums(alice: User, client: Client) -> None:
    recorded(alice, "buy", "2", "60", datetime(2025, 1, 31, 23, 59, tzinfo=UTC), fee="1")
    recorded(alice, "sell", "1", "70", datetime(2025, 2, 1, tzinfo=UTC))
    bought(alice, "ethereum", quantity="3")
    with measured() as usage:
        everything = text_of(client, "/portfolio/transactions/")
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert "bought 150.00 , sold 70.00 , fees 1.00" in everything
    bitcoin = text_of(client, "/portfolio/transactions/", asset="bitcoin")
    assert "bought 120.00 , sold 70.00 , fees 1.00" in bitcoin
    january = text_of(client, "/portfolio/transactions/", **{"from": "2025-01-01", "to": "2025-01-31"})
    assert "bought 120.00 , sold 0.00 , fees 1.00" in january
    nothing = client.get("/portfolio/transactions/", {"to": "2020-01-01"}).content.decode()
    assert ("<table" in nothing, 'class="empty"' in nothing) == (False, False)


def test_the_ledger_filters_by_type_and_shows_sums(alice: User, client: Client) -> None:
    bought(alice, quantity="2")
    sold(alice, quantity="1")
    with measured() as usage:
        page = text_of(client, "/portfolio/ledger/")
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert "in 10,100.00 , out 200.00" in page
    assert "in 100.00 , out 0.00" in text_of(client, "/portfolio/ledger/", type="ORDER_SALE")
    today = clock.now().strftime(TODAY)
    assert "in 10,100.00" in text_of(client, "/portfolio/ledger/", **{"from": today, "to": today})


@pytest.mark.parametrize("path", ["/portfolio/orders/", "/portfolio/transactions/", "/portfolio/ledger/"])
def test_lists_go_on_at_the_next_page(alice: User, client: Client, path: str) -> None:
    for _ in range(26):
        bought(alice, quantity="0.01")
    page = client.get(path).content.decode()
    following = re.search(r'href="(\?cursor=[^"]+)" rel="next"', page)
    assert following is not None
    assert page.count("<tr>") == 26
    second = client.get(path + following[1].replace("&amp;", "&")).content.decode()
    assert second.count("<tr>") in (2, 3)
    assert 'class="pager"' in second


@pytest.mark.parametrize("path", ["/portfolio/orders/", "/portfolio/transactions/", "/portfolio/ledger/"])
def test_an_empty_list_says_what_it_is_for(path: str) -> None:
    assert 'class="empty"' in signed_in(a_user("bob", account="empty")).get(path).content.decode()


def test_an_old_price_is_marked_and_shows_its_age(alice: User, client: Client) -> None:
    a_coin("solana", "50", age=timedelta(minutes=30))
    recorded(alice, "buy", "1", "40", datetime(2025, 1, 1, tzinfo=UTC), asset_id="solana")
    page = text_of(client, "/portfolio/")
    assert "stale" in page
    assert "30 min ago" in page
