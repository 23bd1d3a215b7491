"""Stars: set, taken away, one's own alone."""

import pytest
from django.test import Client

from market.selectors import starred_ids
from market.services import star_set
from tests.builders import a_user, signed_in
from tests.market.builders import an_asset
from tests.market.pages import page


@pytest.fixture(autouse=True)
def _bitcoin() -> None:
    an_asset("bitcoin", price="100")


def test_setting_a_star_goes_back_to_where_it_was_set() -> None:
    answer = signed_in(a_user()).post("/markets/bitcoin/watch/", {"watch": "on", "next": "/markets/?sort=name"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/markets/?sort=name")
    assert starred_ids("alice") == {"bitcoin"}


def test_taking_it_away() -> None:
    client = signed_in(a_user())
    star_set("alice", "bitcoin")

    client.post("/markets/bitcoin/watch/", {"watch": "off"})

    assert starred_ids("alice") == frozenset()


@pytest.mark.parametrize("watch", ["on", "off"])
def test_doing_it_twice_is_doing_it_once(watch: str) -> None:
    client = signed_in(a_user())

    answers = [client.post("/markets/bitcoin/watch/", {"watch": watch}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert starred_ids("alice") == ({"bitcoin"} if watch == "on" else frozenset())


def test_to_htmx_it_answers_the_star_as_it_is_now() -> None:
    answer = signed_in(a_user()).post("/markets/bitcoin/watch/", {"watch": "on"}, headers={"HX-Request": "true"})

    star = page(answer)
    assert star.one("button").attributes["aria-pressed"] == "true"
    assert star.one("input", name="watch").attributes["value"] == "off"


def test_one_users_stars_are_not_anothers() -> None:
    signed_in(a_user("alice")).post("/markets/bitcoin/watch/", {"watch": "on"})
    signed_in(a_user("bob")).post("/markets/bitcoin/watch/", {"watch": "off"})

    assert starred_ids("alice") == {"bitcoin"}
    assert starred_ids("bob") == frozenset()


def test_it_requires_sign_in() -> None:
    answer = Client().post("/markets/bitcoin/watch/", {"watch": "on"})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_an_unknown_asset() -> None:
    assert signed_in(a_user()).post("/markets/gold/watch/", {"watch": "on"}).status_code == 404
    assert starred_ids("alice") == frozenset()


def test_a_form_without_a_choice_is_refused() -> None:
    assert signed_in(a_user()).post("/markets/bitcoin/watch/", {}).status_code == 400


def test_it_redirects_to_no_other_site() -> None:
    answer = signed_in(a_user()).post("/markets/bitcoin/watch/", {"watch": "on", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/markets/bitcoin/"


def test_a_get_changes_nothing() -> None:
    assert signed_in(a_user()).get("/markets/bitcoin/watch/").status_code == 405
