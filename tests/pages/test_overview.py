"""The first page: what it is for a visitor, what it shows a user, and at what cost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from alerts.domain.terms import PriceCondition, Terms
from alerts.services import alert_create
from core import ids
from core.accounts.domain import User
from core.storage import measured
from cryptopulse import sample
from market.triggers.watch import Operator
from tests.builders import a_user, signed_in
from tests.market.builders import the_catalogue
from tests.pages.builders import a_market_with_a_past
from tests.portfolio.builders import bought

REQUESTS = 6


def page_of(client: Client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def an_alert(user: User) -> None:
    terms = Terms(PriceCondition(Operator.ABOVE, Decimal(500)))
    alert_create(user, alert_id=ids.new_id(), asset_id="bitcoin", terms=terms)


def test_a_visitor_learns_what_it_is_and_has_three_ways_on() -> None:
    a_market_with_a_past()
    page = page_of(Client())
    assert "tells you when a price reaches the level you chose" in page
    for way in ("Explore with sample data", "Start empty", "Sign in"):
        assert way in page
    assert "Bitcoin" in page


def test_the_welcome_page_stands_without_prices() -> None:
    the_catalogue()
    assert "Explore with sample data" in page_of(Client())


def test_a_busy_first_page_takes_six_store_requests() -> None:
    a_market_with_a_past()
    client = signed_in(sample.make())
    with measured() as usage:
        page_of(client)
    assert usage.without("Users", "Sessions").requests == REQUESTS


def test_the_first_page_of_a_new_account_takes_no_more() -> None:
    client = signed_in(a_user())
    with measured() as usage:
        page_of(client)
    assert usage.without("Users", "Sessions").requests <= REQUESTS


def test_the_checklist_follows_the_data_and_goes_when_all_is_done() -> None:
    a_market_with_a_past()
    alice = a_user(account="empty")
    client = signed_in(alice)
    page = page_of(client)
    assert page.count("(done)") == 0
    assert "Getting started" in page
    rich = a_user("rich")
    assert page_of(signed_in(rich)).count("(done)") == 1
    bought(rich, amount="100")
    assert page_of(signed_in(rich)).count("(done)") == 2
    an_alert(rich)
    assert "Getting started" not in page_of(signed_in(rich))


def test_the_checklist_can_be_put_away_by_each_user() -> None:
    client = signed_in(a_user())
    assert client.post("/checklist/dismiss/").status_code == 302
    assert "Getting started" not in page_of(client)
    other = signed_in(a_user("bob"))
    other.cookies["checklist_dismissed"] = client.cookies["checklist_dismissed"].value
    assert "Getting started" in page_of(other)


def test_empty_parts_say_what_they_are_for() -> None:
    page = page_of(signed_in(a_user()))
    assert "No holdings yet." in page
    assert "No alert yet." in page
    assert "When an alert fires or an order is filled, it is told here." in page


def test_the_range_of_the_curve_lives_in_the_address() -> None:
    a_market_with_a_past()
    client = signed_in(sample.make())
    assert page_of(client, "/?range=1w").count('<tr><th scope="row"><time') == 8
    assert page_of(client, "/?range=1m").count('<tr><th scope="row"><time') == 31


def test_a_range_that_does_not_exist_is_the_default() -> None:
    a_market_with_a_past()
    client = signed_in(sample.make())
    assert page_of(client, "/?range=nonsense").count("<time datetime") == page_of(client).count("<time datetime")


def test_nobody_sees_anothers_figures() -> None:
    a_market_with_a_past()
    bought(a_user(), amount="123.45")
    assert "123.45" not in page_of(signed_in(a_user("bob", account="empty")))


@pytest.mark.parametrize("path", ["/add/", "/checklist/dismiss/", "/sample/wipe/"])
def test_what_belongs_to_a_user_requires_signing_in(path: str) -> None:
    response = Client().post(path) if path != "/add/" else Client().get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_help_is_open_to_everyone() -> None:
    assert "How an alert fires" in page_of(Client(), "/help/")
