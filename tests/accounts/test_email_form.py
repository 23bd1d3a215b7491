"""One address in two forms is one; what cannot be seen is in none."""

import unicodedata

import pytest
from django.test import Client

from core.accounts.email_form import normal_email
from core.accounts.selectors import holder_of, user_get
from core.accounts.services import password_reset_request
from core.accounts.tables import RESERVATIONS, USERS
from core.accounts.upgrades import unify_addresses
from core.errors import InvalidInput, Refused
from core.storage import Store, Update
from tests.builders import PASSWORD, a_newcomer, a_user

COMPOSED = unicodedata.normalize("NFC", "zoé@example.com")
SPLIT = unicodedata.normalize("NFD", COMPOSED)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Alice@Example.COM ", "alice@example.com"),
        (SPLIT, COMPOSED),
        (SPLIT.upper(), COMPOSED),
        ("ａｌｉｃｅ@example.com", "alice@example.com"),
        ("alice@ｅxample。com", "alice@example.com"),
        ("alice@xn--bcher-kva.example", "alice@bücher.example"),
        ("alice@BÜCHER.example", "alice@bücher.example"),
        ("alice@" + unicodedata.normalize("NFD", "bücher.example"), "alice@bücher.example"),
        ("straße@example.com", "straße@example.com"),
        ("名前@例え.jp", "名前@例え.jp"),
    ],
)
def test_two_forms_are_stored_as_one(typed: str, stored: str) -> None:
    assert normal_email(typed) == stored
    assert normal_email(stored) == stored


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202e", "\u2066", "\u200f", "\u00ad", "\u061c", "\x00", "\x7f",
     "\x85", "\u2028", "\u034f", "\u180e", "\ufe0f", "\u3164", "\U000e0041", "\U000e0101", "\ue000", "\udc80"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["al{}ice@example.com", "alice@exam{}ple.com"])
def test_what_cannot_be_seen_is_refused(unseen: str, place: str) -> None:
    with pytest.raises(ValueError, match="address"):
        normal_email(place.format(unseen))


@pytest.mark.parametrize(
    "typed",
    ["a@b＠example.com", "alice@xn--.com", "alice@xn--a\x80.com", "alice@-.com", "a" * 300 + "@example.com", "@", ""],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="address"):
        normal_email(typed)


def test_the_other_form_signs_in_and_is_taken(client: Client) -> None:
    a_user(email=COMPOSED)
    for typed in (COMPOSED, SPLIT, SPLIT.upper()):
        assert Client().post("/sign-in/", {"identifier": typed, "password": PASSWORD}).status_code == 302
    with pytest.raises(Refused) as refused:
        a_newcomer("bob", email=SPLIT)
    assert refused.value.code == "email_taken"


def test_a_page_refuses_what_cannot_be_seen(client: Client) -> None:
    form = {"username": "alice", "email": "ali\u200bce@example.com", "password": PASSWORD, "account": "empty"}
    answer = client.post("/sign-up/", {**form, "home_currency": "usd"})
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    with pytest.raises(InvalidInput):
        password_reset_request("ali\u202ece@example.com")


def of_an_earlier_release(store: Store, username: str, email: str) -> None:
    """Write an address as releases before this one kept it."""
    before = user_get(username).email
    store.delete(RESERVATIONS, {"name": f"email#{before}"})
    store.put(RESERVATIONS, {"name": f"email#{email}", "username": username})
    store.update(USERS, {"username": username}, Update(set={"email": email}))


def test_an_address_of_an_earlier_release_signs_in_before_and_after_its_upgrade(store: Store) -> None:
    a_user()
    of_an_earlier_release(store, "alice", SPLIT)
    assert Client().post("/sign-in/", {"identifier": SPLIT, "password": PASSWORD}).status_code == 302
    for _ in range(2):
        unify_addresses()
        alice = user_get("alice")
        assert (alice.email, alice.email_confirmed) == (COMPOSED, True)
        assert [item["name"] for item in store.dump(RESERVATIONS)] == [f"email#{COMPOSED}"]
    for typed in (SPLIT, COMPOSED):
        assert Client().post("/sign-in/", {"identifier": typed, "password": PASSWORD}).status_code == 302


def test_two_accounts_with_one_address_in_two_forms_both_still_sign_in(store: Store) -> None:
    a_user("bob", email=COMPOSED)
    a_user()
    of_an_earlier_release(store, "alice", SPLIT)
    unify_addresses()
    assert (user_get("bob").email, user_get("alice").email) == (COMPOSED, SPLIT)
    assert holder_of(COMPOSED) == "bob"
    assert Client().post("/sign-in/", {"identifier": "alice", "password": PASSWORD}).status_code == 302


def test_an_address_that_may_not_be_used_any_more_still_signs_in(store: Store) -> None:
    a_user()
    of_an_earlier_release(store, "alice", "ali\u200bce@example.com")
    unify_addresses()
    signing_in = {"identifier": "ali\u200bce@example.com", "password": PASSWORD}
    assert Client().post("/sign-in/", signing_in).status_code == 302
